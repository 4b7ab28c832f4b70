"""Other people's records, read into the members of our own articles: one reader for each form they come in."""

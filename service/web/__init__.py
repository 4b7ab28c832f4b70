"""Flask: a blueprint for each noun, and one file for each concern of HTTP."""

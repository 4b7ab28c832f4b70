"""The only place with SQL: the database, its tables, and one file for each noun. Rows never leave it."""

"""Which articles report one study, and which are withdrawn, kept up to date article by article in SQLite."""

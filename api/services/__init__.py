"""What routes and commands ask for: search, curation, ingestion."""

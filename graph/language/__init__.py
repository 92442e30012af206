"""The short query language: reading, meaning, and the same question in SPARQL."""

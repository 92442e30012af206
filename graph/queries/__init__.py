"""The SPARQL queries of the library and the grammar of questions: data, read by name."""

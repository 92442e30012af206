"""Claims as RDF: vocabulary, stores, decisions, questions."""

"""The vocabulary, its shapes and its JSON-LD context, and the standard forms in which claims are published."""

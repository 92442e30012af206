"""The public SPARQL endpoint: queries of strangers, answered by child processes that can be killed."""

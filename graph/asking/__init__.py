"""Questions of the short language as SPARQL 1.1."""

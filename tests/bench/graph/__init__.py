"""The targets of the graph, measured on made-up libraries. Run by `make bench-graph`; see `__main__`."""

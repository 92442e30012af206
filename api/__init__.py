"""The ways in: command line, HTTP service, web pages."""

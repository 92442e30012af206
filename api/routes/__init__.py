"""HTTP routes and pages: parse, decide, present."""

"""One file per input format, and the table that lists them."""

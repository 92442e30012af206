"""The side index: what orders, selects and counts claims, as columns. Made from the store, which stays the truth."""

"""The suites of the stores against stores of others; ``make interop`` runs them."""

"""Made-up libraries of any size for tests and measurements: real concepts, invented trials, the same for one seed."""

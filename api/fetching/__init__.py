"""Articles from PubMed, PMC, Europe PMC and ClinicalTrials.gov into a folder; the one place that goes online."""

"""Reading articles: from bytes to claims."""

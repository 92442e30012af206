"""What the cells of an article's tables say."""

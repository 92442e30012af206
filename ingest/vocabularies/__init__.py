"""Vocabularies of the user's own: files of concepts that are laid over the terminology that ships."""

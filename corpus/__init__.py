"""The bundled articles, their gold claims, the loader and the scorer."""

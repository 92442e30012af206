"""What the side index keeps, as few bytes: compressed against words that are frequent in it. Pure."""

from __future__ import annotations

import zlib

from graph.errors import DamagedIndex


class Squeezer:
    """``often`` are frequent words, the most frequent last; what is squeezed is read with the same words alone."""

    def __init__(self, often: bytes) -> None:
        self._often = often

    def squeeze(self, text: bytes) -> bytes:
        """The text as few bytes; equal texts as equal bytes."""
        coder = zlib.compressobj(level=9, zdict=self._often)
        return coder.compress(text) + coder.flush()

    def release(self, held: bytes) -> bytes:
        """The inverse of ``squeeze``. Raises DamagedIndex, also where it was squeezed with other words."""
        coder = zlib.decompressobj(zdict=self._often)
        try:
            text = coder.decompress(held)
        except zlib.error as error:
            raise DamagedIndex from error
        if not coder.eof:
            raise DamagedIndex
        return text

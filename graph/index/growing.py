"""Arrays that grow at their end."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Growing:
    """Equally long arrays by name; more is allocated than used, so that adding a little is cheap.

    What is read while another thread adds is of no use, but does no harm: the reader has to ask again.
    """

    def __init__(self, **kinds: DTypeLike) -> None:
        self.size = 0
        self._held: dict[str, NDArray[Any]] = {name: np.empty(0, kind) for name, kind in kinds.items()}

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The used part of an array; writing to it changes what is held."""
        return self._held[name][: self.size]

    def extend(self, count: int, /, **values: Any) -> slice:
        """Make room for ``count`` more, with these values; where they are."""
        start, stop = self.size, self.size + count
        for name, held in self._held.items():
            if stop > len(held):
                larger = np.empty(max(stop, len(held) + len(held) // 4, 64), held.dtype)
                larger[:start] = held[:start]
                self._held[name] = larger
            self._held[name][start:stop] = values[name]
        self.size = stop
        return slice(start, stop)

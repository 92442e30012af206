"""The kind of each concept of a file: what is stated, else what its broader concepts are, else that of the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ingest.term_table import KINDS
from ingest.vocabularies.known import Known


class Kinds:
    """Kinds by compact id, worked out as they are asked for."""

    def __init__(
        self,
        stated: Mapping[str, str | None],
        parents: Mapping[str, Iterable[str]],
        close: Mapping[str, Sequence[str]],
        known: Known,
        default: str | None,
    ) -> None:
        self._stated = stated
        self._parents = parents
        self._close = close
        self._known = known
        self._default = default
        self._found: dict[str, frozenset[str]] = {}

    def of(self, ident: str) -> frozenset[str]:
        """The one kind of a concept; none, or several, where it cannot be told."""
        begun, todo = set[str](), [ident]
        while todo:
            one = todo[-1]
            above = () if self._certain(one) else self._parents.get(one, ())
            waiting = [p for p in above if p not in self._found and p not in begun]
            if one in self._found or not waiting or one in begun:
                todo.pop()
                if one not in self._found:
                    self._found[one] = self._decide(one)
            else:
                begun.add(one)
                todo += waiting
        return self._found[ident]

    def _certain(self, ident: str) -> str | None:
        return self._known.kind(ident) or self._stated.get(ident)

    def _decide(self, ident: str) -> frozenset[str]:
        certain = self._certain(ident)
        if certain is not None:
            return frozenset({certain}) & frozenset(KINDS)
        above = (self._found.get(p, frozenset()) for p in self._parents.get(ident, ()))
        kinds = frozenset(k for some in above for k in some)
        if len(kinds) != 1 and self._default is not None:
            return frozenset({self._default})
        if not kinds:
            near = (self._known.kind(c) for c in self._close.get(ident, ()))
            kinds = frozenset(k for k in near if k is not None)
        return kinds

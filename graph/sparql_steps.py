"""Changes of a store behind a URL that takes few triples in one update, and has no transaction over several.

What a change needs of updates is written down in the store before the first of them. A writer that dies in between
leaves that; the next one, which finds it before it writes or opens the store, does the change to its end. Each update
may run twice: it adds and removes triples that it names.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Sequence
from uuid import uuid4

from pyoxigraph import Literal, Quad

from graph.errors import StoreBusy
from graph.lease import DURATION
from graph.records import STORE
from graph.store import Row, data_block
from graph.vocab import EV, LEASES, LOG, META, node

_PART = 30_000
"""Characters of one literal."""
_NOTE = node(EV.change)
_WRITTEN = f"SELECT ?part WHERE {{ GRAPH {LEASES} {{ {STORE} {_NOTE} ?part }} }}"
_CLEAR = f"DELETE WHERE {{ GRAPH {LEASES} {{ {STORE} {_NOTE} ?part }} }}"


class Journal:
    """Runs the updates of a change so that all of them happen, or none. The caller is alone among the writers."""

    def __init__(self, select: Callable[[str], list[Row]], update: Callable[[str], None]) -> None:
        self._select, self._update = select, update

    def run(self, requests: Sequence[str]) -> None:
        """Write the updates down, do them, forget them.

        Raises StoreBusy when that takes so long that another writer may take over, who then does the rest.
        """
        deadline = time.monotonic() + DURATION / 2
        text, name = json.dumps(requests, ensure_ascii=True), uuid4().hex
        parts = [text[start : start + _PART] for start in range(0, len(text), _PART)]
        for number, part in enumerate(parts):
            quad = Quad(STORE, _NOTE, Literal(f"{name} {number} {len(parts)} {part}"), LEASES)
            self._update(f"INSERT DATA {{\n{data_block([quad])}\n}}")
        for request in requests:
            if time.monotonic() > deadline:
                raise StoreBusy("the store is too slow for this change; whoever writes next does the rest of it")
            self._update(request)
        self._update(_CLEAR)

    def finish(self) -> None:
        """Do to its end what another writer began; of what was not written down whole nothing was begun."""
        parts: dict[str, dict[int, str]] = {}
        totals: dict[str, int] = {}
        for (part,) in self._select(_WRITTEN):
            if part is not None:
                name, number, total, text = part.value.split(" ", 3)
                parts.setdefault(name, {})[int(number)] = text
                totals[name] = int(total)
        for name, found in parts.items():
            if len(found) == totals[name]:
                for request in json.loads("".join(found[number] for number in sorted(found))):
                    self._update(request)
        if parts:
            self._update(_CLEAR)


def guarded(gone: Collection[Quad], new: Collection[Quad], guard: Collection[Quad]) -> str:
    """One update that is done only while ``guard`` stands in the store."""
    blocks = f"DELETE {{\n{data_block(gone)}\n}}\nINSERT {{\n{data_block(new)}\n}}"
    return f"{blocks}\nWHERE {{ {data_block(guard)} }}"


def steps(gone: Collection[Quad], new: Collection[Quad], guard: Quad | None, limit: int) -> list[str]:
    """The requests of a change for a store that takes few triples at a time: one, or several where it is large.

    Each operation has one graph: Virtuoso leaves JSON literals and words with a language where they are when it removes
    them from several graphs at once. What the guard is about comes last: revision and log.
    """
    last = (META, LOG) if guard is not None else ()
    steps: list[tuple[int, str]] = []
    for quads, verb in ((gone, "DELETE DATA"), (new, "INSERT DATA")):
        graphs: dict[object, list[Quad]] = {}
        for quad in quads:
            if quad.graph_name not in last:
                graphs.setdefault(quad.graph_name, []).append(quad)
        for held in graphs.values():
            parts = [held[start : start + limit] for start in range(0, len(held), limit)]
            steps += [(len(part), f"{verb} {{\n{data_block(part)}\n}}") for part in parts]
    if guard is not None:
        told = [[quad for quad in quads if quad.graph_name in last] for quads in (gone, new)]
        steps.append((0, guarded(told[0], told[1], [guard])))
    requests: list[list[str]] = [[]]
    size = 0
    for length, text in steps:
        if size and size + length > limit:
            requests.append([])
            size = 0
        requests[-1].append(text)
        size += length
    return [" ;\n".join(request) for request in requests if request]

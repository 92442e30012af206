"""Running text for word vectors: every unlabelled text of the shared folder, cut into the pipeline's own tokens."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.features import key_of
from ingest.nlp import tokenizer
from ingest.sentences import split_sentences
from training.corpora import corpora_folder, read_split, rows_of
from training.overlap import shares

RAW = (
    "rawtext/pmc_rct_fulltext.jsonl.gz",
    "rawtext/nci_pdq.jsonl.gz",
    "rawtext/ctgov_summaries.jsonl.gz",
    "evidence-inference/articles_train.jsonl.gz",
)
LABELLED = ("bc5cdr", "ncbi-disease", "ade-v2", "med1250-abbrev", "evidence-outcomes", "pico-breast-cancer", "phee")


def _strings(row: dict[str, Any]) -> Iterator[str]:
    for key in ("title", "description", "summary", "text"):
        if isinstance(row.get(key), str):
            yield row[key]
    yield from row.get("paragraphs", ())
    for section in row.get("sections", ()):
        yield section["text"]


def raw_texts(kept_out: set[str]) -> Iterator[str]:
    """Texts in a fixed order, each once; those that hold a piece of ``kept_out`` (see ``training.overlap``) are not."""
    seen: set[int] = set()
    folder = corpora_folder()
    sources: list[Iterator[dict[str, Any]]] = [rows_of(folder / name) for name in RAW]
    sources += [iter(read_split(name, "train")) for name in (*LABELLED, "abstract-roles")]
    for rows in sources:
        for row in rows:
            for text in _strings(row):
                if len(text) > 20 and hash_of(text) not in seen:
                    seen.add(hash_of(text))
                    if not shares(text, kept_out):
                        yield text


def hash_of(text: str) -> int:
    """A hash that is the same in every process."""
    return zlib.crc32(text.encode()) | len(text) << 32


def write_lines(path: Path, kept_out: set[str]) -> int:
    """Write one sentence a line, words normalised by ``key_of`` and divided by one blank; returns the words written."""
    total = 0
    nlp = tokenizer()
    with path.open("w", encoding="utf-8") as out:
        for text in raw_texts(kept_out):
            for sentence in split_sentences(text[:2_000_000]):
                words = [key_of(t.text) for t in nlp(sentence.of(text)) if not t.is_space]
                if len(words) > 3:
                    total += len(words)
                    out.write(" ".join(words) + "\n")
    return total

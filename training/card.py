"""The model card: trained on what, with which figures; ``card.json`` for programs, ``README.md`` for people."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from training.corpora import corpora_folder, read_split
from training.sources import SOURCES

FILES = (
    "tagger.npz", "words.txt", "heads.json", "lexicon.tsv", "relations.npz", "roles.npz", "link.npz", "usage.tsv",
    "unmentioned.txt",
)  # fmt: skip
PACKAGES = ("torch", "gensim", "scikit-learn", "numpy", "spacy", "scispacy")


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of the model."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}


def commit() -> str:
    """The commit that the model was built from, with ``+changes`` when the tree differs from it."""
    root = Path(__file__).resolve().parent.parent
    said = subprocess.run(
        ["git", "describe", "--always", "--abbrev=12", "--dirty=+changes"],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "unknown"


def figures() -> list[dict[str, Any]]:
    """Dev figures as ``picograph evaluate --corpora`` gives them, with the model in the package."""
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "api.cli", "evaluate", "--corpora", str(corpora_folder()), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = json.loads(said.stdout)
    return list(rows["scores"] if isinstance(rows, dict) else rows)


def card_of(folder: Path, heads: Mapping[str, list[str]], dropped: Mapping[str, int], code: str) -> dict[str, Any]:
    """The card without figures and minutes; ``dropped`` texts by corpus were left out; ``code`` is the commit."""
    corpora = [
        {
            **source._asdict(),
            "train": len(read_split(source.corpus, "train")) or None,
            "dev": len(read_split(source.corpus, "dev")) or None,
            "left_out": dropped.get(source.corpus),
        }
        for source in SOURCES
    ]
    return {
        "heads": dict(heads),
        "commit": code,
        "built_with": {name: version(name) for name in PACKAGES} | {"python": platform.python_version()},
        "corpora": corpora,
        "files": hashes(folder),
    }


def write_card(folder: Path, card: Mapping[str, Any]) -> None:
    """``card.json`` and ``README.md``."""
    text = json.dumps(card, indent=1, ensure_ascii=False) + "\n"
    (folder / "card.json").write_text(text, encoding="utf-8")
    (folder / "README.md").write_text(readme(card), encoding="utf-8")


def readme(card: Mapping[str, Any]) -> str:
    """The card as Markdown."""
    lines = [
        "# The language model of picograph",
        "",
        f"Built by `make model` from commit {card['commit']} in {card['minutes']} minutes on one core, with "
        + ", ".join(f"{name} {number}" for name, number in card["built_with"].items())
        + ". The same commit, corpora, packages and machine give the same bytes; elsewhere compare by score.",
        "",
        "Reads English clinical articles. Not for diagnosis or treatment; its finds are proposals for a curator.",
        "",
        "## Heads",
        "",
        "| layer | labels |",
        "|---|---|",
        *(f"| {name} | {', '.join(labels)} |" for name, labels in card["heads"].items()),
        "",
        "## Trained on",
        "",
        "Train splits alone. Texts that occur in a dev split, and for all heads but `result` those that hold a result",
        "sentence, were left out, whatever their id; so was running text for the word vectors that holds either (not",
        "counted: a dash). No text of any corpus is in the model's files but the mentions of drugs and diseases in",
        "`lexicon.tsv`, `usage.tsv` (with their concepts) and `unmentioned.txt`, and single words.",
        "",
        "| corpus | origin | licence as stated | used for | train texts | left out | dev texts |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {c['corpus']} | {c['origin']} | {c['licence']} | {c['use']} | {_or_dash(c['train'])} "
            f"| {_or_dash(c['left_out'])} "
            f"| {_or_dash(c['dev'])} |"
            for c in card["corpora"]
        ),
        "",
        "## Figures",
        "",
        "`picograph evaluate --corpora FOLDER`, dev splits (med1250-abbrev: train, it has no dev), with terminology.",
        "",
        "| corpus | measure | label | P | R | F1 |",
        "|---|---|---|---|---|---|",
        *(
            f"| {s['corpus']} | {s['measure']} | {s['label']} | {_ratio(s['precision'])} | {_ratio(s['recall'])} "
            f"| {_ratio(s['f1'])} |"
            for s in card["figures"]
        ),
        "",
        "## Files",
        "",
        *(f"- `{name}` SHA-256 `{digest}`" for name, digest in card["files"].items()),
        "",
    ]
    return "\n".join(lines)


def _or_dash(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"

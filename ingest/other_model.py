"""A spaCy pipeline that the user has, in place of our own recognition of drugs and diseases."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ingest.article import Span
from ingest.nlp import Token
from ingest.recut import recut, without_overlaps

VARIABLE = "PICOGRAPH_MODEL"
MAX_LENGTH = 20_000_000
"""Code points of a text, as for our own pipeline; spaCy's default is a million."""

LABELS = {
    **dict.fromkeys(("CHEMICAL", "DRUG", "SIMPLECHEMICAL", "MEDICATION", "CHEBI"), "DRUG"),
    **dict.fromkeys(("DISEASE", "DISEASEDISORDER", "DISORDER", "CANCER"), "DISEASE"),
}
"""Labels of other models, in capitals without signs, as the labels of our concept layer."""

UNTYPED = "ENTITY"
_OF_KIND = {"drug": "DRUG", "disease": "DISEASE"}
_OF_SCISPACY = (
    *(f"en_core_sci_{size}" for size in ("sm", "md", "lg", "scibert")),
    *(f"en_ner_{corpus}_md" for corpus in ("bc5cdr", "bionlp13cg", "craft")),
)
_RELEASE = "https://s3-us-west-2.amazonaws.com/ai2-s2-scispacy/releases/v0.5.4/{name}-0.5.4.tar.gz"


class OtherModelError(Exception):
    """The model that the user named cannot be used; the message says which, why, and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        super().__init__(f"{VARIABLE} names the model {name!r}: {reason}")


class OtherModel:
    """A loaded pipeline: its own tokenizer, its entities, our tokens. Made by ``load_other_model``."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        self.name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
        self.version = str(nlp.meta["version"])
        self._digest = _digest_of(nlp)

    @property
    def VERSION(self) -> str:  # noqa: N802 (as of our own pipeline)
        """Name, version and a hash of the files: two pipelines that someone trained often share the first two."""
        return f"{self.name}-{self.version}+{self._digest}"

    def concepts(
        self, text: str, tokens: Sequence[Token], kind_of: Callable[[str], str | None]
    ) -> list[tuple[Span, str, None]]:
        """Mentions as (span, ``DRUG`` or ``DISEASE``, no score), in order, none overlapping, cut to our ``tokens``.

        ``kind_of`` says what kind of concept words name: ``drug``, ``disease``, another or None. It decides for an
        untyped ``ENTITY``, which is left out when it is neither, and whether a slash stands between two names.
        """
        found: list[tuple[Span, str]] = []
        for entity in self._nlp(text).ents:
            if entity.label_ != UNTYPED and _plain(entity.label_) not in LABELS:
                continue
            for span in recut(text, Span(entity.start_char, entity.end_char), tokens, kind_of):
                label = LABELS.get(_plain(entity.label_)) or _OF_KIND.get(kind_of(span.of(text)) or "")
                if label is not None:
                    found.append((span, label))
        return [(span, label, None) for span, label in without_overlaps(found)]


@cache
def load_other_model(name: str) -> OtherModel:
    """The pipeline of an installed package, or of a folder that it was saved to; loaded once per process.

    Raises OtherModelError when there is none of that name, it cannot be loaded, or it finds no drugs or diseases.
    """
    installed = name.isidentifier() and find_spec(name) is not None
    if not installed and not Path(name).exists():
        raise OtherModelError(name, f"there is no such package or folder; {_how_to_install(name)}")
    import spacy

    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=FutureWarning)  # patterns of scispacy's tokenizer
            nlp = spacy.load(name)
    except Exception as error:  # a pipeline is someone else's code and may fail in any way
        what = " ".join(str(error).split())[:300]
        raise OtherModelError(name, f"spaCy cannot load it ({type(error).__name__}: {what})") from error
    _check(name, nlp)
    nlp.max_length = max(nlp.max_length, MAX_LENGTH)
    return OtherModel(nlp)


def _how_to_install(name: str) -> str:
    near = get_close_matches(name, _OF_SCISPACY, n=1, cutoff=0.8)
    if name in _OF_SCISPACY:
        return f"install it with: pip install --no-deps {_RELEASE.format(name=name)}"
    if re.search(r"[/\\.]", name):
        return "name the folder that nlp.to_disk() wrote"
    meant = f"did you mean {near[0]}? Otherwise " if near else ""
    return f"{meant}install its package with pip, or name the folder of a saved pipeline"


def _check(name: str, nlp: Any) -> None:
    """Raises OtherModelError unless the pipeline can find entities with labels that mean something to us."""
    finders = [pipe for pipe in nlp.pipe_names if _may_find(nlp, pipe)]
    if not finders:
        parts = ", ".join(nlp.pipe_names) or "none"
        raise OtherModelError(name, f"it finds no entities (its components: {parts}); it needs one such as ner")
    labels = [set(nlp.pipe_labels.get(pipe, ())) for pipe in finders]
    known = set[str]().union(*labels)
    if all(labels) and not any(label == UNTYPED or _plain(label) in LABELS for label in known):
        shown = ", ".join(sorted(known)[:12])
        raise OtherModelError(name, f"it finds no drugs or diseases (its labels: {shown})")


def _may_find(nlp: Any, pipe: str) -> bool:
    """Whether a component sets entities: it says so, or it is not spaCy's own and says nothing of what it sets."""
    assigns = nlp.get_pipe_meta(pipe).assigns
    if "doc.ents" in assigns or getattr(nlp.get_pipe(pipe), "annotate_ents", False):
        return True
    component = nlp.get_pipe(pipe)
    module = str(getattr(component, "__module__", None) or type(component).__module__)
    return not assigns and module.partition(".")[0] not in ("spacy", "scispacy", "spacy_transformers")


def _plain(label: str) -> str:
    return re.sub(r"[\W_]", "", label).upper()


def _digest_of(nlp: Any) -> str:
    """Twelve hexadecimal digits over the names and contents of the pipeline's files."""
    digest = hashlib.sha256()
    folder = Path(nlp.path)
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()[:12]

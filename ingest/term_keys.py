"""Look-up keys of names: what may differ between two spellings of one name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from zlib import crc32

_SPELLING = (
    (re.compile(r"haem"), "hem"),
    (re.compile(r"aemi"), "emi"),
    (re.compile(r"paeni"), "peni"),
    (re.compile(r"oede"), "ede"),
    (re.compile(r"tumour"), "tumor"),
    (re.compile(r"diarrhoea"), "diarrhea"),
    (re.compile(r"rrhoea\b"), "rrhea"),
    (re.compile(r"anaes"), "anes"),
    (re.compile(r"paed"), "ped"),
    (re.compile(r"oesoph"), "esoph"),
    (re.compile(r"oestr"), "estr"),
    (re.compile(r"foet"), "fet"),
    (re.compile(r"gynaec"), "gynec"),
    (re.compile(r"orthopaed"), "orthoped"),
    (re.compile(r"leucocy"), "leukocy"),
    (re.compile(r"ischaem"), "ischem"),
    (re.compile(r"dyspnoea"), "dyspnea"),
    (re.compile(r"apnoea"), "apnea"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"isation\b"), "ization"),
    (re.compile(r"isations\b"), "izations"),
    (re.compile(r"metre\b"), "meter"),
    (re.compile(r"fibre\b"), "fiber"),
)
_KEEP_S = frozenset({"os", "pfs", "efs", "dfs", "mds", "orr", "diabetes", "sepsis", "metastasis", "diagnosis", "aids"})
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "μ": "mu", "ω": "omega", "λ": "lambda"}
_GREEK_LETTER = re.compile("[" + "".join(_GREEK) + "]")
_PIECE = re.compile(r"[^\W_]+")
_SMALL = frozenset(["a", "an", "and", "by", "due", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_HEADS = {
    "cancer": "neoplasm", "tumor": "neoplasm", "malignancy": "neoplasm", "neoplasia": "neoplasm",
    "hematologic": "hematological", "hematologically": "hematological", "renal": "kidney", "hepatic": "liver",
    "pulmonary": "lung", "cardiac": "heart", "gastric": "stomach", "mammary": "breast", "ovarian": "ovary",
    "uterine": "uterus", "cerebral": "brain", "prostatic": "prostate", "pancreatic": "pancreas", "colonic": "colon",
    "illness": "disease", "disorder": "disease", "convulsion": "seizure", "secondary": "second", "dermal": "skin",
    "cutaneous": "skin", "neoplastic": "neoplasm", "malignant": "neoplasm", "cancerous": "neoplasm",
    "esophageal": "esophagus", "hemorrhage": "bleeding", "haemorrhage": "bleeding", "muscular": "muscle",
    "ocular": "eye", "palsy": "paralysis", "damage": "injury", "impairment": "dysfunction",
}  # fmt: skip
"""Words that stand for each other in the names of diseases; the loose key has the second of each pair."""
_SILENT = ("ine", "ole", "ide", "ate")
"""International and American names of drugs differ by the last letter: cyclosporin, cyclosporine."""


def _singular(word: str) -> str:
    if word in _KEEP_S or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


@lru_cache(maxsize=50_000)
def key_of(name: str) -> str:
    """The look-up key of a name: case, hyphens, plural endings and British spelling do not matter.

    >>> key_of("Second primary malignancies") == key_of("second-primary malignancy")
    True
    >>> key_of("haematological tumours")
    'hematological tumor'
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = re.sub(r"[®™]|['’]s\b", "", folded)
    folded = _GREEK_LETTER.sub(lambda letter: _GREEK[letter[0]], folded)
    if (
        "ae" in folded
        or "oe" in folded
        or "our" in folded
        or "is" in folded
        or "re" in folded
        or "ph" in folded
        or "leuco" in folded
    ):
        for pattern, spelling in _SPELLING:
            folded = pattern.sub(spelling, folded)
    return " ".join(_singular(word) for word in _PIECE.findall(folded))


@lru_cache(maxsize=50_000)
def loose_of(key: str) -> str:
    """What is left of a key when word order, small words and the choice of head noun do not matter.

    >>> loose_of(key_of("Neoplasms, Second Primary")) == loose_of(key_of("second primary malignancies"))
    True
    >>> loose_of(key_of("cancer of the breast")) == loose_of(key_of("breast tumours"))
    True
    >>> loose_of("pentetrazol") == loose_of("pentetrazole")
    True
    """
    words = {_HEADS.get(word, word) for word in key.split(" ") if word not in _SMALL}
    return " ".join(sorted(w[:-1] if len(w) > 7 and w.endswith(_SILENT) else w for w in words))


def loose_hash(key: str) -> int:
    """32 bits of the loose key, the same on every machine."""
    return crc32(loose_of(key).encode("utf-8"))

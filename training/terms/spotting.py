"""Which drugs are looked for in running text without the word of a language model: medicines, not every chemical."""

from __future__ import annotations

import re

# Stems of international nonproprietary names, and a few names without a telling stem.
STEM = re.compile(
    r"""^[a-z][a-z-]{1,}(?:mab|nib|mide|statin|pril|sartan|gliptin|gliflozin|glitazone|glutide|zomib|parib|ciclib|taxel
    |platin|rubicin|azole|vir|cillin|mycin|oxacin|olol|dipine|prazole|tidine|dronate|dronic\ acid|triptan|setron|caine
    |lukast|parin|xaban|gatran|grel|trexate|citabine|bine|bicin|stine|tecan|poside|relin|relix|lutamide|oxifene
    |trozole|mestane|profen|coxib|oxetine|triptyline|azepam|azolam|peridol|apine|idone|barbital|cept|kinra|sulfan
    |phalan|mustine|tinib|limus|sone|solone|olone|cycline|thiazide|semide|glinide|formin|fibrate|terol|tropium|rsen
    |plase|stim|poetin|fungin|floxacin|quine|dopa|giline|setine|faxine|cetam|gabalin|gabatin|toin|trigine)$""",
    re.VERBOSE,
)
PLAIN = {
    "aspirin", "insulin", "metformin", "warfarin", "heparin", "vitamin d", "calcium", "folic acid", "estrogens",
    "raloxifene hydrochloride", "tamoxifen", "megestrol acetate", "interferon-alpha", "fluorouracil", "leucovorin",
    "vincristine", "vinblastine", "prednisone", "arsenic trioxide", "tretinoin", "azacitidine", "decitabine",
    "hydroxyurea", "mitomycin", "digoxin", "lithium carbonate", "methylphenidate", "melatonin", "oxytocin",
    "levothyroxine", "finasteride", "dutasteride", "celecoxib", "ketamine", "propofol", "morphine", "fentanyl",
    "acetaminophen", "ibuprofen", "latanoprost", "timolol", "bimatoprost", "travoprost", "dorzolamide hydrochloride",
    "nivolumab", "ipilimumab", "cisplatin", "carboplatin", "oxaliplatin", "paclitaxel", "docetaxel", "gemcitabine",
    "abiraterone acetate", "enzalutamide", "vemurafenib", "everolimus", "temozolomide", "capecitabine", "pemetrexed",
    "trastuzumab", "pertuzumab", "lapatinib", "anastrozole", "letrozole", "exemestane", "fulvestrant", "palbociclib",
}  # fmt: skip


def is_medicine(name: str) -> bool:
    """True for a descriptor that is named like a medicine."""
    return bool(STEM.match(name.lower())) or name.lower() in PLAIN


def is_supplementary_medicine(name: str) -> bool:
    """True for a supplementary record that is named like a medicine: one word, a telling stem."""
    return bool(STEM.match(name) and re.fullmatch(r"[a-z-]+", name))

"""Drug classes and their members: the tree of MeSH orders drugs by structure, articles speak of what they do.

A member is told by the stem of its international nonproprietary name (WHO, "The use of stems in the selection of INN").
Classes are named as MeSH names them; a class that the terminology does not have is an error.
"""

from __future__ import annotations

import re

from ingest.terminology import ConceptKind
from training.terms.entry import Entries, Entry

STEMS: tuple[tuple[str, str], ...] = (
    ("Hydroxymethylglutaryl-CoA Reductase Inhibitors", "vastatin"),
    ("Sodium-Glucose Transporter 2 Inhibitors", "gliflozin"),
    ("Dipeptidyl-Peptidase IV Inhibitors", "gliptin"),
    ("Thiazolidinediones", "glitazone"),
    ("Proteasome Inhibitors", "zomib"),
    ("Protein Kinase Inhibitors", "tinib|rafenib|metinib|ciclib|anib|lisib"),
    ("Poly(ADP-ribose) Polymerase Inhibitors", "parib"),
    ("Factor Xa Inhibitors", "xaban"),
    ("Angiotensin-Converting Enzyme Inhibitors", "pril|prilat"),
    ("Angiotensin Receptor Antagonists", "sartan"),
    ("Proton Pump Inhibitors", "prazole"),
    ("Histamine H2 Antagonists", "tidine"),
    ("Diphosphonates", "dronate|dronic acid"),
    ("Antibodies, Monoclonal", "mab"),
    ("Fluoroquinolones", "floxacin"),
    ("Penicillins", "cillin"),
    ("Anthracyclines", "rubicin"),
    ("Taxoids", "taxel"),
    ("Benzodiazepines", "azepam|azolam"),
    ("Adrenergic beta-Antagonists", "olol"),
    ("Calcium Channel Blockers", "dipine"),
    ("Serotonin 5-HT3 Receptor Antagonists", "setron"),
    ("Tryptamines", "triptan"),
)  # fmt: skip
MEMBERS: tuple[tuple[str, str], ...] = (
    ("Selective Serotonin Reuptake Inhibitors",
     "citalopram|escitalopram|fluoxetine|fluvoxamine|paroxetine|sertraline"),
    ("Serotonin and Noradrenaline Reuptake Inhibitors", "venlafaxine|desvenlafaxine|duloxetine|milnacipran"),
    ("Glucagon-Like Peptide-1 Receptor Agonists",
     "exenatide|liraglutide|semaglutide|dulaglutide|albiglutide|lixisenatide|tirzepatide"),
    ("Immune Checkpoint Inhibitors",
     "nivolumab|pembrolizumab|atezolizumab|durvalumab|avelumab|ipilimumab|cemiplimab|tremelimumab"),
    ("Aromatase Inhibitors", "anastrozole|letrozole|exemestane"),
    ("Platelet Aggregation Inhibitors", "aspirin|clopidogrel|prasugrel|ticagrelor|ticlopidine|cangrelor"),
    ("Anticoagulants", "warfarin|heparin|enoxaparin|dalteparin|dabigatran|rivaroxaban|apixaban|edoxaban|fondaparinux"),
    ("Glucocorticoids", "dexamethasone|prednisone|prednisolone|methylprednisolone|hydrocortisone|budesonide"),
    ("Antipsychotic Agents",
     "haloperidol|risperidone|olanzapine|quetiapine|aripiprazole|clozapine|ziprasidone|paliperidone|lurasidone"),
    ("Sulfonylurea Compounds", "glibenclamide|glyburide|glimepiride|gliclazide|glipizide"),
    ("Antineoplastic Agents",
     "lenalidomide|thalidomide|pomalidomide|melphalan|cyclophosphamide|cisplatin|carboplatin|oxaliplatin|fluorouracil"
     "|capecitabine|gemcitabine|pemetrexed|methotrexate|cytarabine|fludarabine|azacitidine|decitabine|bendamustine"
     "|chlorambucil|ifosfamide|temozolomide|dacarbazine|etoposide|irinotecan|topotecan|vincristine|vinblastine"
     "|vinorelbine|bleomycin|mitomycin|hydroxyurea|mercaptopurine|vorinostat|arsenic trioxide|tretinoin"),
)  # fmt: skip
BELOW: tuple[tuple[str, str], ...] = (
    ("Proteasome Inhibitors", "Antineoplastic Agents"),
    ("Poly(ADP-ribose) Polymerase Inhibitors", "Antineoplastic Agents"),
    ("Anthracyclines", "Antineoplastic Agents"),
    ("Taxoids", "Antineoplastic Agents"),
    ("Aromatase Inhibitors", "Antineoplastic Agents"),
    ("Immune Checkpoint Inhibitors", "Antineoplastic Agents"),
)


def add_classes(entries: Entries) -> None:
    """Make the classes parents of their members. Raises ValueError for a class that is no concept."""
    drugs = [e for e in entries if e.kind is ConceptKind.DRUG]
    for name, stem in STEMS:
        _below(entries, drugs, name, re.compile(rf"[a-z-]*(?:{stem})(?: (?:acid|mesylate|sodium|calcium))?"))
    for name, members in MEMBERS:
        _below(entries, drugs, name, re.compile(members))
    for name, broader in BELOW:
        entries.by_iri[_class(entries, name)].parents.add(_class(entries, broader))


def _class(entries: Entries, name: str) -> str:
    iri = entries.called(name, (ConceptKind.DRUG,))
    if iri is None:
        raise ValueError(f"no drug class is called {name!r}")
    return iri


def _below(entries: Entries, drugs: list[Entry], name: str, members: re.Pattern[str]) -> None:
    home = _class(entries, name)
    for entry in drugs:
        if entry.iri != home and members.fullmatch(entry.name.casefold()):
            entry.parents.add(home)

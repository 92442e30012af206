"""Where the training texts come from and under which licence, as their makers state it: for the model card."""

from __future__ import annotations

from typing import NamedTuple


class Source(NamedTuple):
    """A corpus; ``use`` says what of it is learnt."""

    corpus: str
    origin: str
    licence: str
    use: str


SOURCES = (
    Source(
        "bc5cdr", "BioCreative V CDR (Li et al., Database 2016)", "public domain (US Government work)", "head concept"
    ),
    Source("rct-art", "RCT-ART (Whitton and Hunter 2023)", "Apache-2.0", "head result, relations"),
    Source("ebm-nlp", "EBM-NLP (Nye et al., ACL 2018)", "none stated; research use", "head pio"),
    Source(
        "pico-breast-cancer",
        "PICO-Corpus (Mutinda et al. 2022)",
        "none stated; research use",
        "head role, numeric roles",
    ),
    Source("ncbi-disease", "NCBI Disease (Doğan et al. 2014)", "public domain (US Government work)", "encoder"),
    Source("ade-v2", "ADE corpus v2 (Gurulingappa et al. 2012)", "none stated; research use", "encoder"),
    Source("phee", "PHEE (Sun et al., EMNLP 2022)", "MIT", "encoder"),
    Source("evidence-outcomes", "EvidenceOutcomes (Columbia University)", "MIT", "encoder"),
    Source("evidencemap", "EvidenceMap (Kang et al., JAMIA 2023)", "none stated; research use", "encoder"),
    Source("ctro", "C-TrO (Sanchez-Graillet et al. 2022)", "none stated (paper CC BY 4.0); research use", "encoder"),
    Source(
        "med1250-abbrev", "MED1250 (Sohn et al. 2008)", "public domain (US Government work)", "word vectors; prices"
    ),
    Source("abstract-roles", "structured abstracts of PMC and PubMed", "as published; research use", "word vectors"),
    Source(
        "rawtext",
        "PMC open-access trials, NCI PDQ, ClinicalTrials.gov",
        "each its own; PDQ public domain",
        "word vectors",
    ),
    Source("evidence-inference", "PMC open-access trials (DeYoung et al. 2020)", "each its own (CC)", "word vectors"),
)

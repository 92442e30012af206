# ruff: noqa: N815 (the terms are spelt as their vocabularies spell them)
"""The terms picograph writes, as closed namespaces: a misspelt term fails where it is written.

``EV`` is our own small vocabulary, which graph/ontology/picograph.ttl defines; everything else is reused.
"""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode
from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

BASE = "https://w3id.org/picograph/"
"""Where our own IRIs begin. Stores always have this one; see ``graph.ontology.base`` for what is published."""
VOCABULARY = BASE + "vocab#"
GRAPHS = BASE + "graph/"
SCHEME = BASE + "concepts"


class EV(DefinedNamespace):
    """Own terms: classes, properties, the members of the closed sets, and the sets."""

    _fail = True
    _NS = Namespace(VOCABULARY)

    Article: URIRef
    Change: URIRef
    Check: URIRef
    Claim: URIRef
    Decision: URIRef
    EffectEstimate: URIRef
    Extraction: URIRef
    LogEntry: URIRef
    Mention: URIRef
    Notice: URIRef
    Quote: URIRef
    Study: URIRef
    StudyArm: URIRef
    StudyReport: URIRef
    TableSelector: URIRef
    Text: URIRef

    about: URIRef
    arm: URIRef
    armName: URIRef
    armSize: URIRef
    article: URIRef
    assertion: URIRef
    authorList: URIRef
    bestConcept: URIRef
    change: URIRef
    changeFromBaseline: URIRef
    check: URIRef
    checkGrade: URIRef
    checks: URIRef
    claimJson: URIRef
    closedSet: URIRef
    columnPath: URIRef
    comparator: URIRef
    concept: URIRef
    conceptKind: URIRef
    conceptOrder: URIRef
    confidence: URIRef
    contentKey: URIRef
    decision: URIRef
    design: URIRef
    direction: URIRef
    directionBasis: URIRef
    doi: URIRef
    effect: URIRef
    enrolled: URIRef
    events: URIRef
    extraction: URIRef
    favours: URIRef
    field: URIRef
    followUp: URIRef
    formatVersion: URIRef
    givenId: URIRef
    grade: URIRef
    high: URIRef
    index: URIRef
    indexRecord: URIRef
    intervalKind: URIRef
    intervention: URIRef
    journal: URIRef
    key: URIRef
    kind: URIRef
    label: URIRef
    level: URIRef
    low: URIRef
    measure: URIRef
    message: URIRef
    newValue: URIRef
    noEvidence: URIRef
    note: URIRef
    notice: URIRef
    noticeKind: URIRef
    noticeSource: URIRef
    ofOther: URIRef
    oldValue: URIRef
    onClaim: URIRef
    onContent: URIRef
    outcome: URIRef
    outcomeFavours: URIRef
    p: URIRef
    pOperator: URIRef
    partOf: URIRef
    phase: URIRef
    places: URIRef
    pmcid: URIRef
    pmid: URIRef
    population: URIRef
    primaryEndpointMet: URIRef
    primarySource: URIRef
    printed: URIRef
    publicationList: URIRef
    quote: URIRef
    quoteStart: URIRef
    randomised: URIRef
    reason: URIRef
    registration: URIRef
    registrationList: URIRef
    restatement: URIRef
    retracted: URIRef
    revision: URIRef
    rowPath: URIRef
    rule: URIRef
    section: URIRef
    sections: URIRef
    sha256: URIRef
    significance: URIRef
    significanceBasis: URIRef
    standardDeviation: URIRef
    standardError: URIRef
    status: URIRef
    storeId: URIRef
    study: URIRef
    studyArm: URIRef
    studyReport: URIRef
    table: URIRef
    tables: URIRef
    terminologyHash: URIRef
    text: URIRef
    timepoint: URIRef
    total: URIRef
    typeList: URIRef
    unit: URIRef
    unlinked: URIRef
    value: URIRef
    valueState: URIRef
    verdict: URIRef
    version: URIRef
    within: URIRef
    words: URIRef
    writer: URIRef

    abstract: URIRef
    accept: URIRef
    accepted: URIRef
    background: URIRef
    baseline: URIRef
    comparatorArm: URIRef
    comment: URIRef
    contrast: URIRef
    correct: URIRef
    corrected: URIRef
    correction: URIRef
    correlation: URIRef
    credible: URIRef
    curator: URIRef
    disease: URIRef
    drug: URIRef
    error: URIRef
    expressionOfConcern: URIRef
    fullText: URIRef
    geometricMean: URIRef
    hedged: URIRef
    higher: URIRef
    interquartile: URIRef
    interval: URIRef
    interventionArm: URIRef
    lower: URIRef
    meanDifference: URIRef
    median: URIRef
    negated: URIRef
    news: URIRef
    noDifference: URIRef
    notCheckable: URIRef
    notEstimable: URIRef
    notReached: URIRef
    notSignificant: URIRef
    noteGrade: URIRef
    numberNeededToTreat: URIRef
    opinion: URIRef
    other: URIRef
    outcomeConcept: URIRef
    overall: URIRef
    ownResult: URIRef
    pValue: URIRef
    passed: URIRef
    populationConcept: URIRef
    procedure: URIRef
    proportion: URIRef
    range: URIRef
    rateRatio: URIRef
    registryRecord: URIRef
    reject: URIRef
    rejected: URIRef
    reported: URIRef
    republication: URIRef
    retraction: URIRef
    review: URIRef
    significant: URIRef
    standardisedIncidenceRatio: URIRef
    stated: URIRef
    unreviewed: URIRef
    values: URIRef
    wordsOfText: URIRef

    Arm: URIRef
    ArticleKind: URIRef
    Assertion: URIRef
    Basis: URIRef
    ClaimKind: URIRef
    ConceptKind: URIRef
    Direction: URIRef
    Favours: URIRef
    Grade: URIRef
    IntervalKind: URIRef
    Measure: URIRef
    NoticeKind: URIRef
    Significance: URIRef
    Status: URIRef
    ValueState: URIRef
    Verdict: URIRef


class OBO(DefinedNamespace):
    """Statistics and scientific evidence: STATO, SEPIO, OBI."""

    _fail = True
    _NS = Namespace("http://purl.obolibrary.org/obo/")

    ECO_0006017: URIRef  # author statement from a clinical study, confirmed by a person
    ECO_0007539: URIRef  # the same, automatic
    SEPIO_0000001: URIRef  # assertion
    SEPIO_0000007: URIRef  # has supporting evidence line
    SEPIO_0000131: URIRef  # curation
    STATO_0000047: URIRef  # count
    STATO_0000088: URIRef  # group size
    STATO_0000100: URIRef  # standardised mean difference
    STATO_0000182: URIRef  # odds ratio
    STATO_0000196: URIRef  # confidence interval
    STATO_0000245: URIRef  # risk ratio
    STATO_0000314: URIRef  # upper confidence limit
    STATO_0000315: URIRef  # lower confidence limit
    STATO_0000413: URIRef  # incidence
    STATO_0000424: URIRef  # risk difference
    STATO_0000573: URIRef  # average value
    STATO_0000677: URIRef  # hazard ratio
    OBI_0000175: URIRef  # p-value


class OA(DefinedNamespace):
    """W3C Web Annotation."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    Annotation: URIRef
    Selector: URIRef
    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasBody: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    hasTarget: URIRef
    prefix: URIRef
    start: URIRef
    suffix: URIRef


class PROV(DefinedNamespace):
    """W3C provenance."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/prov#")

    Activity: URIRef
    Agent: URIRef
    Entity: URIRef
    Person: URIRef
    SoftwareAgent: URIRef
    endedAtTime: URIRef
    hadPrimarySource: URIRef
    startedAtTime: URIRef
    used: URIRef
    wasAssociatedWith: URIRef
    wasAttributedTo: URIRef
    wasDerivedFrom: URIRef
    wasGeneratedBy: URIRef


class PICO(DefinedNamespace):
    """Cochrane's PICO ontology."""

    _fail = True
    _NS = Namespace("http://data.cochrane.org/ontologies/pico/")

    InterventionGroup: URIRef
    Outcome: URIRef
    PICO: URIRef
    Population: URIRef
    comparatorGroup: URIRef
    interventionGroup: URIRef
    outcomeGroup: URIRef
    population: URIRef


class SCHEMA(DefinedNamespace):
    """schema.org."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    CreativeWork: URIRef
    MedicalStudy: URIRef
    NewsArticle: URIRef
    ScholarlyArticle: URIRef
    author: URIRef
    identifier: URIRef
    name: URIRef


class SKOS(DefinedNamespace):
    """Concepts and their hierarchy."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2004/02/skos/core#")

    Concept: URIRef
    ConceptScheme: URIRef
    altLabel: URIRef
    broader: URIRef
    broaderTransitive: URIRef
    closeMatch: URIRef
    exactMatch: URIRef
    inScheme: URIRef
    prefLabel: URIRef


class DCTERMS(DefinedNamespace):
    """Dublin Core."""

    _fail = True
    _NS = Namespace("http://purl.org/dc/terms/")

    created: URIRef
    description: URIRef
    hasPart: URIRef
    identifier: URIRef
    isPartOf: URIRef
    issued: URIRef
    language: URIRef
    license: URIRef
    rights: URIRef
    subject: URIRef
    title: URIRef
    type: URIRef


class NP(DefinedNamespace):
    """Nanopublications."""

    _fail = True
    _NS = Namespace("http://www.nanopub.org/nschema#")

    Nanopublication: URIRef
    hasAssertion: URIRef
    hasProvenance: URIRef
    hasPublicationInfo: URIRef


class NPX(DefinedNamespace):
    """What nanopublications do to one another."""

    _fail = True
    _NS = Namespace("http://purl.org/nanopub/x/")

    introduces: URIRef
    retracts: URIRef
    supersedes: URIRef


class BIOLINK(DefinedNamespace):
    """Who made a statement, and how sure it is, in Biolink's words."""

    _fail = True
    _NS = Namespace("https://w3id.org/biolink/vocab/")

    agent_type: URIRef
    knowledge_level: URIRef


PREFIXES = {
    "ev": VOCABULARY,
    "claim": "https://w3id.org/picograph/claim/",
    "study": "https://w3id.org/picograph/study/",
    "biolink": "https://w3id.org/biolink/vocab/",
    "dcterms": "http://purl.org/dc/terms/",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "np": "http://www.nanopub.org/nschema#",
    "npx": "http://purl.org/nanopub/x/",
    "oa": "http://www.w3.org/ns/oa#",
    "obo": "http://purl.obolibrary.org/obo/",
    "pico": "http://data.cochrane.org/ontologies/pico/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Short names used in exports and documentation."""


@cache
def node(term: str) -> NamedNode:
    """``term`` as the store's kind of node. Raises ValueError when it is not an IRI."""
    return NamedNode(str(term))


RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDF_VALUE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")
RDFS_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
DECISIONS = NamedNode(GRAPHS + "decisions")
EXTRACTIONS = NamedNode(GRAPHS + "extractions")
TEXTS = NamedNode(GRAPHS + "texts")
LOG = NamedNode(GRAPHS + "log")
META = NamedNode(GRAPHS + "meta")
LEASES = NamedNode(GRAPHS + "leases")

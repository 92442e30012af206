"""The closed sets of a claim as IRIs: terms of STATO where it has them, else our own."""

from __future__ import annotations

from graph.model import Verdict
from graph.terms import coded
from graph.vocab import EV, OBO, node
from ingest.article import ArticleKind
from ingest.claim import (
    Arm,
    Assertion,
    Basis,
    ClaimKind,
    Direction,
    Favours,
    Grade,
    IntervalKind,
    Measure,
    Significance,
    Status,
    ValueState,
)
from ingest.notices import NoticeKind
from ingest.terminology import ConceptKind

MEASURE = coded(
    {
        Measure.COUNT: node(OBO.STATO_0000047),
        Measure.PROPORTION: node(EV.proportion),
        Measure.MEAN: node(OBO.STATO_0000573),
        Measure.GEOMETRIC_MEAN: node(EV.geometricMean),
        Measure.MEDIAN: node(EV.median),
        Measure.RATE: node(OBO.STATO_0000413),
        Measure.HAZARD_RATIO: node(OBO.STATO_0000677),
        Measure.ODDS_RATIO: node(OBO.STATO_0000182),
        Measure.RISK_RATIO: node(OBO.STATO_0000245),
        Measure.RATE_RATIO: node(EV.rateRatio),
        Measure.STANDARDISED_INCIDENCE_RATIO: node(EV.standardisedIncidenceRatio),
        Measure.RISK_DIFFERENCE: node(OBO.STATO_0000424),
        Measure.MEAN_DIFFERENCE: node(EV.meanDifference),
        Measure.STANDARDISED_MEAN_DIFFERENCE: node(OBO.STATO_0000100),
        Measure.NUMBER_NEEDED_TO_TREAT: node(EV.numberNeededToTreat),
        Measure.CORRELATION: node(EV.correlation),
        Measure.P_VALUE: node(OBO.OBI_0000175),
        Measure.OTHER: node(EV.other),
    }
)
ARM = coded(
    {
        Arm.INTERVENTION: node(EV.interventionArm),
        Arm.COMPARATOR: node(EV.comparatorArm),
        Arm.CONTRAST: node(EV.contrast),
        Arm.OVERALL: node(EV.overall),
    }
)
VALUE_STATE = coded(
    {
        ValueState.REPORTED: node(EV.reported),
        ValueState.NOT_REACHED: node(EV.notReached),
        ValueState.NOT_ESTIMABLE: node(EV.notEstimable),
    }
)
INTERVAL_KIND = coded(
    {
        IntervalKind.CONFIDENCE: node(OBO.STATO_0000196),
        IntervalKind.CREDIBLE: node(EV.credible),
        IntervalKind.INTERQUARTILE: node(EV.interquartile),
        IntervalKind.RANGE: node(EV.range),
    }
)
DIRECTION = coded(
    {
        Direction.HIGHER: node(EV.higher),
        Direction.LOWER: node(EV.lower),
        Direction.NO_DIFFERENCE: node(EV.noDifference),
    }
)
FAVOURS = coded({Favours.LOWER: node(EV.lower), Favours.HIGHER: node(EV.higher)})
BASIS = coded(
    {
        Basis.WORDS: node(EV.wordsOfText),
        Basis.INTERVAL: node(EV.interval),
        Basis.P_VALUE: node(EV.pValue),
        Basis.VALUES: node(EV["values"]),
        Basis.CURATOR: node(EV.curator),
    }
)
SIGNIFICANCE = coded(
    {Significance.SIGNIFICANT: node(EV.significant), Significance.NOT_SIGNIFICANT: node(EV.notSignificant)}
)
ASSERTION = coded(
    {Assertion.STATED: node(EV.stated), Assertion.HEDGED: node(EV.hedged), Assertion.NEGATED: node(EV.negated)}
)
CLAIM_KIND = coded(
    {
        ClaimKind.OWN_RESULT: node(EV.ownResult),
        ClaimKind.BACKGROUND: node(EV.background),
        ClaimKind.OPINION: node(EV.opinion),
        ClaimKind.BASELINE: node(EV.baseline),
    }
)
STATUS = coded(
    {
        Status.UNREVIEWED: node(EV.unreviewed),
        Status.ACCEPTED: node(EV.accepted),
        Status.CORRECTED: node(EV.corrected),
        Status.REJECTED: node(EV.rejected),
    }
)
GRADE = coded(
    {
        Grade.PASS: node(EV.passed),
        Grade.NOTE: node(EV.noteGrade),
        Grade.ERROR: node(EV.error),
        Grade.NOT_CHECKABLE: node(EV.notCheckable),
    }
)
NOTICE = coded(
    {
        NoticeKind.RETRACTION: node(EV.retraction),
        NoticeKind.CONCERN: node(EV.expressionOfConcern),
        NoticeKind.CORRECTION: node(EV.correction),
        NoticeKind.REPUBLICATION: node(EV.republication),
        NoticeKind.COMMENT: node(EV.comment),
    }
)
ARTICLE_KIND = coded(
    {
        ArticleKind.ABSTRACT: node(EV.abstract),
        ArticleKind.FULL_TEXT: node(EV.fullText),
        ArticleKind.NEWS: node(EV.news),
        ArticleKind.REGISTRY_RECORD: node(EV.registryRecord),
        ArticleKind.REVIEW: node(EV.review),
        ArticleKind.OTHER: node(EV.other),
    }
)
CONCEPT_KIND = coded(
    {
        ConceptKind.DRUG: node(EV.drug),
        ConceptKind.DISEASE: node(EV.disease),
        ConceptKind.OUTCOME: node(EV.outcomeConcept),
        ConceptKind.PROCEDURE: node(EV.procedure),
        ConceptKind.POPULATION: node(EV.populationConcept),
    }
)
VERDICT = coded({Verdict.ACCEPT: node(EV.accept), Verdict.REJECT: node(EV.reject), Verdict.CORRECT: node(EV.correct)})

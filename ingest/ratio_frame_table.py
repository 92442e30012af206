"""The frames by which sentences tie an exposure to an outcome, each with the sentence it was written for.

They are matched against blotted sentences, in which the sign ``\\x01`` stands for what a ratio takes up.
"""

from __future__ import annotations

from ingest.ratio_frame_words import ADV, BE, FACTOR, LINK_NOUN, NAMES, OF, OUT, PLAIN, SHOWING, Side
from ingest.ratio_phrases import MORE, RISK

_OF_FACTORS = ("factor", "marker", "variable", "parameter", "indicator", "predictor", "determinant", "correlate")
_OF_LINKS = ("associat", "relat", "link", "interact")
_OF_RISKS = ("risk", "odds", "likelihood", "probab", "hazard", "chance", "trend", "benefit", "advantage")

FRAMES: tuple[tuple[Side, tuple[str, ...], str], ...] = (
    # The adjusted odds ratio for relapse was 2.1 for smokers and 1.4 for former smokers.
    (
        Side.RATIO,
        (*_OF_RISKS, "rr", "hr", "or"),
        rf"\b(?:{NAMES}|{RISK})\s+(?:for|of"
        rf"|from)\s+{OUT}\s+{BE}\s+(?:\w+\s+){{0,2}}?(?:{NAMES}[^\x01\w]*)?[\s:]*(?=\x01)",
    ),
    # Predictors of death were age (..) and sex (..).
    (
        Side.BEHIND,
        _OF_FACTORS,
        rf"\b(?:{FACTOR})\s+{OF}\s+{OUT}\s*(?:{BE}(?!\s+not)|include[sd]?|including|comprised|:"
        rf"|,\s+(?:such\s+as|namely))\s*(?:the\s+following\s*)?:?\s*",
    ),
    # Independent predictors were age (..) and sex (..).
    (
        Side.BEHIND,
        _OF_FACTORS,
        rf"\b(?:{FACTOR})\s+(?:{BE}(?!\s+not)|included?)\s+(?:(?:identified|found)\s*)?:?\s*",
    ),
    # The following were associated with relapse: age (..), sex (..).
    (
        Side.BEHIND,
        _OF_LINKS,
        rf"\b(?:{BE}\s+)?{ADV}(?:associated|related|correlated|linked)\s+(?:with"
        rf"|to)\s+(?P<out>[^\x01;:]{{2,100}}?)\s*:\s+",
    ),
    # No association between statin use and dementia was seen (..).
    (
        Side.PAIR,
        _OF_LINKS,
        rf"\b{LINK_NOUN}\s+(?:{BE}\s+{ADV}(?:[a-z]+\s+)?)?between\s+(?P<one>[^\x01;:]{{2,120}}?)\s+and\s+(?P<two>[^\x01;:]{{2,120}}?)(?=\s*(?:\x01|;|\.|,|{BE}\b|$))",
    ),
    (
        Side.PAIR,
        _OF_LINKS,
        rf"\b(?:{LINK_NOUN})\s+of\s+(?P<one>[^\x01;:,]{{2,100}}?)\s+(?:with"
        rf"|to)\s+(?P<two>[^\x01;:]{{2,120}}?)(?=\s*(?:\x01|;|\.|,|{BE}\b|$))",
    ),
    # Positive associations with stroke were seen for age (..) and smoking (..).
    (
        Side.BEHIND,
        _OF_LINKS,
        rf"\b{PLAIN}{LINK_NOUN}\s+(?:with|to)\s+{OUT}\s+{BE}\s+{ADV}(?:observed|found|seen|detected|noted"
        rf"|present|reported|identified)\s+(?:for|in|among|with|between)\s+(?:each\s+of\s+[^:\x01]{{2,40}}:\s*)?",
    ),
    # No association was found for former smokers (..).
    (
        Side.BEHIND,
        _OF_LINKS,
        rf"\b{PLAIN}{LINK_NOUN}\s+{BE}\s+{ADV}(?:observed|found|seen|detected|noted|present"
        rf"|reported)\s+(?:for|in|among|with)\s+",
    ),
    # Smokers had no association with relapse (..).
    (Side.EITHER, _OF_LINKS, rf"\b{SHOWING}{PLAIN}{LINK_NOUN}\s+(?:with|to)\s+"),
    # No difference in relapse between smokers and others (..); relapse did not differ between A and B.
    (
        Side.BETWEEN,
        ("differ",),
        rf"\bdifferences?\s+(?:{BE}\s+{ADV}(?:[a-z]+\s+)?)?(?:(?:in"
        rf"|of)\s+{OUT}\s+)?(?:{BE}\s+{ADV}(?:[a-z]+\s+)?)?between\s+(?:the\s+)?(?P<one>[^\x01;:]{{2,80}}?)\s+and\s+(?P<two>[^\x01;:]{{2,80}}?)(?=\s*(?:\x01|;|\.|,|\b(?:in|for|regarding|with\s+respect|when)\b|{BE}\b|$))",
    ),
    (
        Side.BETWEEN,
        ("differ",),
        rf"\b(?:did\s+not\s+|does\s+not\s+|failed\s+to\s+)?{ADV}differ(?:ed|ent"
        rf"|s)?\s+{ADV}between\s+(?:the\s+)?(?P<one>[^\x01;:]{{2,80}}?)\s+(?:and|versus"
        rf"|vs\.?)\s+(?P<two>[^\x01;:]{{2,80}}?)(?=\s*(?:\x01|;|\.|,|\b(?:in|for|when)\b|$))",
    ),
    (
        Side.BETWEEN,
        ("differ",),
        rf"\bdifferences?\s+(?:in|of)\s+{OUT}\s+(?:among|for|in"
        rf"|with)\s+(?P<one>[^\x01;:]{{2,80}}?)\s+(?:(?:as\s+)?compared\s+(?:with|to)|versus|vs\.?"
        rf"|than)\s+(?P<two>[^\x01;:]{{2,80}}?)(?=\s*(?:\x01|;|\.|,|$))",
    ),
    # Obesity was an independent risk factor for stroke (..).
    (
        Side.BEFORE,
        _OF_FACTORS,
        rf"\b(?:(?:{BE}\s+)?(?:{ADV}(?:identified|found|revealed|confirmed|recogni[sz]ed|selected|considered"
        rf"|retained|established|shown|emerged|turned\s+out|served|acted|determined)\s+(?:as|to\s+be)"
        rf"|{BE})\s+{ADV}(?:(?:an?|the|only|one|two|three|four|of|all)\s+)*(?:[a-z-]+\s+(?:and\s+)?){{0,3}}?{FACTOR}(?:\s+{OF}\s+)?)",
    ),
    # Analysis identified age (..) and sex (..) as predictors of death.
    (
        Side.BEFORE,
        _OF_FACTORS,
        rf"\bas\s+{ADV}(?:(?:an?|the|two|three)\s+)?(?:[a-z-]+\s+){{0,2}}?{FACTOR}(?:\s+{OF}\s+)?",
    ),
    # Walking was protective against falls (..).
    (Side.BEFORE, ("protective",), rf"\b(?:{BE}\s+)?{ADV}protective\s+(?:against|for|of)\s+"),
    # Age was associated with death (..).
    (
        Side.EITHER,
        _OF_LINKS,
        rf"\b(?:{BE}\s+)?{ADV}(?:associated|related|correlated|correlates?|linked)\s+{ADV}(?:with|to)\s+",
    ),
    # Age predicted death (..).
    (Side.BEFORE, ("predict",), rf"\b{ADV}predict(?:s|ed|ive\s+(?:of|for))\s+"),
    # Smokers were twice as likely to die (..).
    (
        Side.BEFORE,
        ("likel", "prone", "suscept", "apt"),
        rf"\b{BE}\s+{ADV}(?:(?:[\w.-]+|\x01+(?:\s+and\s+\x01+)?)\s+times\s+)?(?:as\s+|more\s+|less\s+|most\s+"
        rf"|least\s+|equally\s+)?(?:(?!early)[a-z]+ly\s+)?(?:likely|prone|susceptible|apt)\s+(?:to|for)\s+",
    ),
    # Smoking increased the risk of relapse (..).
    (
        Side.BEFORE,
        _OF_RISKS,
        rf"\b{ADV}(?:increas|decreas|reduc|rais|lower|elevat|doubl|tripl|halv)(?:e|es|ed|s|ing)\s+(?:the\s+"
        rf"|their\s+|an?\s+|(?<=es\s))(?=(?:[a-z-]+\s+){{0,2}}{RISK}\b)",
    ),
    # Smokers had a higher risk of relapse (..); smokers showed worse survival.
    (
        Side.BEFORE,
        (),
        rf"\b(?:ha[ds]|have|having|show(?:ed|s|ing)?|demonstrat(?:ed|es?)|display(?:ed|s)?|exhibit(?:ed|s)?"
        rf"|carr(?:y|ied|ies)|confer(?:red|s)?|experienced?|faced|achieved|developed|suffered|implying|"
        rf"{BE}\s+at|led\s+to|leads?\s+to|leading\s+to|result(?:ed|s)?\s+in|contribut(?:ed|es?)\s+to|gave|impl(?:y|ied|ies))\s+"
        rf"(?=(?:(?:an?|the|no|any|statistically|significant(?:ly)?|(?!early)[a-z]+ly|much|toward|trend|\d+%"
        rf"|\d+(?:\.\d+)?-fold|[\d.]+\s+times)\s+)*(?:{MORE}|{RISK}|\x01|[\w-]+\s+(?:{RISK}|benefit|rates?)))",
    ),
    # Statins had no effect on dementia (..).
    (
        Side.BEFORE,
        ("effect", "impact", "influence"),
        rf"\b{SHOWING}{PLAIN}(?:effects?|impact|influence)\s+(?:on|upon)\s+",
    ),
    # Death was more common in smokers (..); survival was shorter with X.
    (
        Side.BEHIND,
        (),
        rf"\b(?:{BE}\s+{ADV}(?:{MORE}|(?:more|less)\s+(?:common|frequent|prevalent)|similar)|increased"
        rf"|decreased|rose|fell|dropped|declined)\s+(?:by\s+[\d.]+\s?%\s+)?(?:in|among|for|with|by|after|following|when"
        rf"|overall)\s*(?!(?:the\s+)?(?:risk|odds)\b)(?=[\s\x01])",
    ),
    # A lower risk was seen in smokers (..); a survival benefit in patients with X.
    (
        Side.BEHIND,
        _OF_RISKS,
        rf"\b(?:{MORE}\s+{RISK}|(?P<out>[\w-]+)\s+(?:benefit"
        rf"|advantage))\s*(?:\x01+\s*)?(?:{BE}\s+)?{ADV}(?:observed\s+|found\s+|seen\s+)?(?:in|among)\s+",
    ),
    # They were A (..) and B (..).
    (Side.BEHIND, (), r"^\s*(?:They|These|Those|The\s+following)\s+(?:were|was|included?)\s+"),
    # Among men with X, relapse was 12%, compared with 31% in the others (..).
    (
        Side.LEAD,
        ("%",),
        rf"\b(?:{BE}|occurred\s+in"
        rf"|developed\s+in)\s+[\d.]+\s?%[^\x01;]{{0,12}}?,?\s*(?:(?:as\s+)?compared\s+(?:with|to)|versus"
        rf"|vs\.?)\s+[\d.]+\s?%\s+(?:in|among|for|of)\s+(?P<two>[^\x01;,]{{3,80}}?)(?=\s*\x01)",
    ),
    # Death was predicted by age (..).
    (
        Side.BEHIND,
        (" by", "favo"),
        rf"\b(?:{BE}\s+{ADV}(?:predicted|influenced|affected|impacted|determined|driven|explained)\s+by"
        rf"|favou?r(?:ed|s))\s+",
    ),
    # Clamping did not affect survival (..).
    (
        Side.BEFORE,
        ("affect", "impact", "influenc", "alter", "improv", "worsen", "prolong", "shorten", "prevent", "promot"),
        rf"\b(?<!and\s)(?<!well\sas\s)(?<!with\s)(?<!or\s)(?:did\s+not\s+|does\s+not\s+|failed\s+to\s+)?{ADV}(?:affect(?:ed"
        rf"|s)?|impact(?:ed|s)?|influence[sd]?|alter(?:ed|s)?|improve[sd]?|worsen(?:ed|s)?|prolong(?:ed|s)?"
        rf"|shorten(?:ed|s)?|prevent(?:ed|s)?|promot(?:ed|es))\s+(?:(?:the|a|an)\s+)?(?!in\b|by\b|with\b)",
    ),
    (
        Side.BEFORE,
        (" not ", "failed"),
        rf"\b(?:did\s+not\s+|does\s+not\s+|failed\s+to\s+){ADV}(?:increase|decrease|reduce|change|lower|raise|predict)\s+(?:the\s+)?",
    ),
)
"""Each frame with what a sentence must hold, in small letters, to be worth a look: one of these, or nothing."""

"""Words that say which way a result goes, how surely, and whether a sentence reports a result at all.

Each pattern is named for what it tells; the sentence in its comment is the kind it was written for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.claim import Assertion, ClaimKind, Direction

_SAME = re.compile(
    r"""\b(?:similar(?:ly)?(?!\s+(?:extended|improved|reduced|increased|higher|lower|longer))|comparable|equivalent|unchanged|identical|non-?inferior(?:ity)?|not\s+effective|ineffective|no\s+efficacy
      |no\s+(?:\w+\s+){0,3}differen\w+|equally|not\s+(?:\w+\s+){0,3}differ\w*|n['’]t\s+(?:\w+\s+)?differ\w*|did\s+not\s+(?:\w+\s+){0,2}(?:change|improve|increase|reduce|prolong|affect|lower|decrease|raise|alter|show)
      |no\s+(?:\w+\s+){0,2}(?:increased|higher|greater|elevated|added|additional|excess|longer|better|lower)
      |not\s+(?:a|any)\s+(?:\w+\s+){0,2}(?:differ\w*|significant|increase\w*)|no\s+(?:\w+\s+){0,3}(?:increase|reduction|improvement|benefit|decrease|effect|excess|rise|advantage|change)|not\s+(?:\w+\s+){0,2}(?:increased|reduced|improved|higher|lower|longer|shorter|better|worse|significant(?:ly)?|associated)
      |(?:was|were|is|are|stay\w*|remain\w*|nearly|about|almost|exactly)\s+the\s+same|the\s+same\s+(?:in|for|as|with)\b|balanced|neither|without\s+(?:a\s+)?(?:increas\w+|differ\w+)|nonsignificant)\b""",
    re.VERBOSE | re.I,
)
_HIGHER = re.compile(
    r"""\b(?:higher|increas(?:e|es|ed|ing)|greater|more(?!\s+than\s+\d|\s+(?:versus|vs))|elevated|likelier|raised|rose|rise|larger|excess|doubled|tripled|twice|common(?=\s+with)|stronger|risen)\b""",
    re.VERBOSE | re.I,
)
_LOWER = re.compile(
    r"""\b(?:lower(?:ed)?|least(?=\s+(?:common|frequent))|reduc(?:e|es|ed|ing|tion)|decreas(?:e|es|ed|ing)|fewer|less(?!\s+than\s+\d)|declin(?:e|ed)|fell|smaller|halved|dropped|cut|diminished|prevent(?:s|ed)|protect(?:s|ed|ive))\b""",
    re.VERBOSE | re.I,
)
_BETTER = re.compile(
    r"""\b(?:longer(?!\s+(?:exposure|follow|treatment|term|use|duration\s+of\s+treatment))|improv(?:e|es|ed|ing|ement|ements)|prolong(?:s|ed|ation)?|extend(?:s|ed)?|extension|better|superior|benefit(?:ed|s)?|delayed|favou?r(?:s|ed|able|ing)?|gain|advantage|lengthened|outperformed)\b""",
    re.VERBOSE | re.I,
)
_WORSE = re.compile(
    r"\b(?:shorter(?!\s+(?:exposure|follow|treatment|term|use))|worse(?:ned)?|inferior|poorer|shortened|impaired)\b",
    re.I,
)
_SIGNIFICANT = re.compile(r"(?<!not )(?<!non)(?<!non-)(?<!no )\b(?:statistically\s+)?significant(?:ly)?\b", re.I)
_NOT_SIGNIFICANT = re.compile(
    r"\b(?:not\s+(?:an?\s+|any\s+)?(?:statistically\s+|significantly\s+)?(?:significant(?:ly)?|differ\w*)"
    r"|(?:neither|none\s+of)\b[^.;]{0,80}\b(?:statistically\s+)?significant(?:ly)?"
    r"|non-?significant(?:ly)?|no\s+(?:statistically\s+)?significant|did\s+not\s+(?:significantly|differ)"
    r"|didn['’]t\s+(?:significantly|differ)|not\s+reach(?:ed)?\s+(?:statistical\s+)?significance)",
    re.I,
)
_DENIED_SIGNIFICANCE = re.compile(
    r"\b(?:not(?!\s+only)|(?:did|was|were|does|do)n['’]t|no|nor|neither|none|never|without|failed\s+to)\b"
    r"(?:(?!\b(?:but|and|except|although|though|while|whereas|however|because)\b)[^,;:().]){0,80}?"
    r"\bsignifican(?:t|tly|ce)\b",
    re.I,
)
"""A denial and the significance it denies, with what stands between: "did not provide any significant evidence"."""
_NEGATED = re.compile(
    r"\b(?:did\s+not|does\s+not|do\s+not|(?:was|were)\s+not(?!\s+(?:yet\s+)?(?:been\s+)?reached)"
    r"|not\s+(?:statistically\s+)?significant\w*|no\s+(?!longer)(?:\w+[\s-]+){0,4}?(?:increased?|higher|greater|elevated|additional|differ\w*"
    r"|reduction|improvement|benefit|effect|evidence|excess|concerns?|signals?|decrease|advantage"
    r"|association|rise)|but\s+not|not\s+effective|ineffective|none|neither|nor|failed\s+to|without\s+(?:a\s+)?(?:increas\w+"
    r"|differ\w+)|didn['’]t|no\s+more)\b",
    re.I,
)
_HEDGED = re.compile(
    r"\b(?:may|might|could|suggest(?:s|ed|ing)?|appear(?:s|ed)?|seem(?:s|ed)?|possibl[ey]|potential(?:ly)?"
    r"|probabl[ey]|perhaps|likely(?=\s+to\s+outweigh)|emerging|hypothes\w+|trend\w*\s+toward|tend(?:s|ed)?\s+to)\b",
    re.I,
)
_NOT_A_RESULT = re.compile(
    r"""\b(?:should\s|must\s+be|warrant|primary\s+(?:and\s+secondary\s+)?(?:end\s?points?|outcomes?)\s+(?:of\s+the\s+\w+\s+)?(?:was|were|is|are|included)|co-?primary\s+end\s?points?|secondary\s+end\s?points?\s+(?:of\s+the\s+\w+\s+)?(?:was|were|included|is)|(?:a|the)\s+(?:key\s+)?secondary\s+end\s?point
      |(?:aim(?:ed|s)?|objective|purpose|designed|sought|set\s+out)\s+(?:was\s+|of\s+.{1,30}\s+)?to\b|to\s+(?:determine|evaluate|assess|compare|test|investigate|examine|find\s+out|learn)\s+(?:whether|if|the)|\b(?:this|the|our)\s+(?:[\w-]+\s+){0,5}(?:trial|study|analysis)\s+(?:examined|evaluated|assessed|compared|investigated|looked\s+at|tested)|\b(?:trial|study|analysis|review)\s+(?:included|enrol\w+|gathered)|were\s+eligible|eligibility|inclusion\s+criteria|sample\s+size|power\s+to|we\s+report\b|is\s+ongoing|are\s+under\s*way|will\s+(?:be|need|help|describe)|is\s+the\s+most\s+common|accounts?\s+for|median\s+age
      |approv(?:ed|al)|funded|sponsored|was\s+conducted|informed\s+consent|were\s+calculated|was\s+defined\s+as|stratified\s+by|is\s+(?:a|an|the)\s+(?:standard|drug|monoclonal|type|oral|rare|common|form)|options?\s+(?:for|are|is)|editorial|hypothesi[sz]ed|(?:was|were)\s+(?:assumed|planned|anticipated)|(?:inferiority|equivalence)\s+margins?\s+(?:for|of|was|were)|hypothes[ei]s\s+(?:was|were|is|that)|null\s+hypothesis|more\s+research|(?:is|are)\s+needed|will\s+(?:have|need)\b|would\s+be\s+of|(?:examin\w+|asked|test\w+|looked\s+at|know|clear|unclear|determin\w+)\s+whether|remains?\s+(?:unknown|unclear|to\s+be)|could\s+translate|minim\w+\s+(?:clinically\s+)?(?:important|significant|relevant)|\bwe\s+(?:aimed|evaluated|examined|investigated|assessed|studied|sought|hypothesi[sz]ed|tested)\b(?!.*\b(?:found|but|and\s+the)\b))""",
    re.VERBOSE | re.I,
)
_ENROLMENT = re.compile(
    r"\b(?:randomly\s+(?:assigned|allocated)|(?:were|was)\s+(?:randomi[sz]ed|enrolled|allocated|recruited"
    r"|assigned)|enroll?ed\s+(?:more\s+than\s+)?\d|underwent\s+randomi|recruited\s+\d|took\s+in\s+\d"
    r"|randomi[sz]ed\s+(?:them|patients|participants|women|men)\b|allocated\s+\d|went\s+on\s+to"
    r"|randomi[sz]ed\s+\d)",
    re.I,
)
_BACKGROUND = re.compile(
    r"""\b(?:another\s+(?:\w+\s+){0,3}(?:stud|trial)\w*|previous(?:ly)?\s+(?:stud|trial|report|analys|research|published|shown)|earlier\s+(?:stud|trial|report|analys|research|phase)|prior\s+(?:stud|trial|report|research)|other\s+(?:stud|trial)|in\s+(?:another|other|an?\s+(?:earlier|previous|separate\s+study))
      |has\s+been\s+(?:shown|reported|associated)|have\s+(?:been\s+)?(?:shown|reported|suggested|found)|is\s+known|registration\s+trials|literature|historical(?:ly)?|so\s+far|until\s+now|had\s+(?:\w+\s+)?(?:been\s+)?(?:shown|reported|found|arrived)|several\s+(?:stud|trial)|a\s+(?:registry|meta-analysis|previous|different|separate\s+(?:trial|study))|in\s+general|typically|usually)""",
    re.VERBOSE | re.I,
)
_OPINION = re.compile(
    r"\b(?:said|says|told|commented|noted\s+Dr|agreed|added|explained|according\s+to\s+Dr|wrote|cautioned"
    r"|believes?|thinks?|argue[sd]?|concluded)\b",
    re.I,
)


_MORE_OF_LESS = re.compile(
    r"\b(?:greater|more|larger|higher|bigger|increased)\s+(?:[\w-]+\s+){0,5}?(?:decreases?|reductions?|declines?|falls?|drops?|loss(?:es)?)\b"
    r"|\bmore\s+effective(?:ly)?\s+(?:in\s+|at\s+)?(?:reduc|decreas|lower)\w*",
    re.I,
)
"""A larger decrease is a lower value: "a greater decrease in bone density"."""


_NOT_THE_OTHER = re.compile(
    r",?\s*\bbut\s+not\s+(?:in|with|by|for|on|when|after|among|those|the|to|placebo|controls?|as)\b[^.;,)]*|,\s*but\s+not\s+[\w-]+,",
    re.I,
)
"""What is said of the other arm alone: "fell with X but not with Y"."""


_LIKE_ANOTHER = re.compile(
    r"(?:^|[.:]\s)\W*(?:similarly|likewise)\s*,|(?:^|[.:]\s)\W*similar\s+to\b[^,;]{1,120},"
    r"|\bsimilar\s+to\s+(?:[\w-]+\s+){0,3}(?:stud(?:y|ies)|findings?|results?|reports?|observations?|ours|one)\b",
    re.I,
)
"""What is like another finding, not like another arm: "Similarly, relapse was rarer", "similar to our results"."""


def _of_this_arm(words: str) -> str:
    words = _LIKE_ANOTHER.sub(" ", words) if "imilar" in words or "ikewise" in words else words
    return _NOT_THE_OTHER.sub(" ", words) if "but not" in words else words


@lru_cache(maxsize=4096)
def direction_cue(words: str) -> tuple[Direction, bool] | None:
    """Which way ``words`` say the outcome goes under the arm they name first; None where they do not.

    The flag is True where the word judges the outcome ("longer", "improved", "worse") and so means better or worse.
    """
    words = _of_this_arm(words)
    if _SAME.search(words):
        return Direction.NO_DIFFERENCE, False
    found = _way(_MORE_OF_LESS.sub("lowered", words))
    return None if found is None else _WAYS[found.lastgroup or ""]


def cue_place(words: str) -> int:
    """Where the first word that says which way ends; 0 where none does."""
    found = [m.end() for m in (_SAME.search(words), _MORE_OF_LESS.search(words), _way(words)) if m is not None]
    return min(found, default=0)


_WAYS = {
    "higher": (Direction.HIGHER, False),
    "better": (Direction.HIGHER, True),
    "lower": (Direction.LOWER, False),
    "worse": (Direction.LOWER, True),
}
_WAY = re.compile(
    "|".join(
        rf"(?P<{name}>{pattern.pattern})"
        for name, pattern in (("higher", _HIGHER), ("better", _BETTER), ("lower", _LOWER), ("worse", _WORSE))
    ),
    re.VERBOSE | re.I,
)


def _way(words: str) -> re.Match[str] | None:
    """The first word that says which way, in one look."""
    return _WAY.search(words)


_DENIED = re.compile(r"\b(?:not|n['’]t|no|nor|neither|never|failed\s+to|without|none)\s+(?:\w+\s+){0,2}$", re.I)


def is_denied(words: str) -> bool:
    """True where the word that says which way it went is denied: "not more frequent", "failed to improve"."""
    cue = _way(words)
    return cue is not None and _DENIED.search(words[: cue.start()]) is not None


def says_more(words: str) -> bool:
    """True where more than one word says which way."""
    first = _way(words)
    return first is not None and _WAY.search(words, first.end()) is not None


def cues_disagree(words: str) -> bool:
    """True where the words say both higher and lower, so that neither may be taken for the whole."""
    up = _HIGHER.search(words) or _BETTER.search(words)
    return bool(up and (_LOWER.search(words) or _WORSE.search(words)))


def significance_cue(words: str) -> bool | None:
    """True: significant, False: not significant, as the words say it; None where they do not, or say both."""
    lower = words.lower()
    if "signific" not in lower and "differ" not in lower:
        return None
    rest = _NOT_SIGNIFICANT.sub(" ", _DENIED_SIGNIFICANCE.sub(" ", words))
    denied, said = rest != words, _SIGNIFICANT.search(rest) is not None
    return None if denied == said else said


_WHO_NOT = re.compile(
    r"\bnot\s+all\b|\b(?:who|whose)\s+(?:\w+\s+)?(?:was|were|did|had|have|has|are|is)\s+(?:not|never)\b", re.I
)
"""A denial that says who the people are, and denies no finding."""


def _of_the_finding(words: str) -> str:
    return _WHO_NOT.sub(" ", words) if "who" in words or "not all" in words else words


def denies_chance(words: str) -> bool:
    """True where the words themselves deny significance: a stricter level than 0.05, or one for many tests."""
    return bool(_DENIED_SIGNIFICANCE.search(words) or re.search(r"\bnon-?significan", words, re.I))


def assertion_of(words: str) -> Assertion:
    """How the words put it: negated where they deny an effect, hedged where they leave it open, else stated."""
    if _NEGATED.search(_of_this_arm(_of_the_finding(words))):
        return Assertion.NEGATED
    return Assertion.HEDGED if _HEDGED.search(words) else Assertion.STATED


_OPENS_OPEN = re.compile(r"\s*(?:but\s+|and\s+)?(?:whether|if|even\s+if)\b", re.I)
"""What opens a sentence that leaves open what it says."""


def reports_a_result(words: str) -> bool:
    """False for aims, endpoints, eligibility, advice, approvals: sentences that make no result claim."""
    if words.count("|") > 2 or words.rstrip().endswith("?") or _OPENS_OPEN.match(words):
        return False
    return _NOT_A_RESULT.search(words) is None


def is_enrolment(words: str) -> bool:
    """True for a sentence that says who was assigned to what."""
    return bool(_ENROLMENT.search(words))


_BASELINE = re.compile(
    r"\b(?:at\s+baseline\b|(?:demographic|patient|clinical)\w*\s+(?:characteristics|data|variables|profiles?)\s+(?:were|did|was)|demographics\b|baseline\s+(?:characteristics|mean|median|values?|demographic\w*)|pre-?operative(?:ly)?\s+\w+\s+(?:was|were))",
    re.I,
)
_UNRELATED = re.compile(
    r"\b(?:associated\s+with|predict(?:s|ed|or|ors|ive)|risk\s+factors?|prognos\w+|(?:multi|uni)varia\w+|interaction|correlat\w+)\b",
    re.I,
)


def is_association(words: str) -> bool:
    """True for a sentence about what goes with what, whose numbers belong to no arm of the trial."""
    return bool(_UNRELATED.search(words))


_QUOTED = re.compile(r"[“\"].{25,}")


def kind_of(words: str) -> ClaimKind:
    """Own result, background or opinion, from the sentence's own words."""
    if _BASELINE.search(words):
        return ClaimKind.BASELINE
    if ("“" in words or '"' in words) and _QUOTED.search(words) and _OPINION.search(words):
        return ClaimKind.OPINION
    return ClaimKind.BACKGROUND if _BACKGROUND.search(words) else ClaimKind.OWN_RESULT

"""What frames are made of: the sides they have, forms of "be", names of ratios, factors and associations."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """Where a frame has its exposure."""

    BEFORE = "before"
    BEHIND = "behind"
    EITHER = "either"
    BETWEEN = "between"
    RATIO = "ratio"
    PAIR = "pair"
    LEAD = "lead"


ADV = (
    r"(?:(?!family|early)[a-z-]+ly\s+|also\s+|still\s+|not\s+|most\s+|both\s+|,?\s*however,\s*"
    r"|found\s+to\s+be\s+|shown\s+to\s+be\s+|at\s+|then\s+)*"
)
BE = (
    r"\b(?:was|were|is|are|be|been|being|remained|remains|became"
    r"|appeared\s+to\s+be|seemed\s+to\s+be|proved\s+to\s+be)\b"
)
NAMES = (
    r"(?:(?:hazards?|odds?|risk|rate)[\s-]+ratios?|relative\s+risks?|[am]?(?:HRs?|ORs?"
    r"|RRs?)(?:adj)?)(?:\s*\([^()\x01]{1,40}\))?"
)
FACTOR = (
    r"(?:(?:risk|prognostic|predictive|protective|predisposing|associated|influencing|related|contributing"
    r"|causal)[\s-]+(?:factors?|markers?|variables?|parameters?|indicators?)|predictors?|determinants?"
    r"|factors?(?=\s+(?:(?!early)[a-z]+ly\s+)?(?:associated|related|linked|predict|affect|influenc))"
    r"|correlates?|biomarkers?|(?:independent\s+)(?:factors?|variables?|parameters?|markers?))\b"
)
OF = (
    r"(?:for|of|in|(?:(?!early)[a-z]+ly\s+)?(?:associated|related|correlated|linked)\s+(?:with|to)|predicting"
    r"|to\s+predict|affecting|influencing)"
)
LINK_NOUN = r"(?:associations?|relationships?|correlations?|relations?|links?|interactions?)"
SHOWING = (
    r"(?:(?:(?:did\s+not|does\s+not)\s+)?(?:ha[ds]|have|with|show(?:ed|s)?|exert(?:ed|s)?|indicate[sd]?"
    r"|demonstrate[sd]?)\s+)?"
)
PLAIN = (
    r"(?:(?:no|an?|any|the|significant(?:ly)?|statistically|independent|strong(?:er)?|positive|inverse"
    r"|negative|weak|clear|similar|direct|favou?rable|adverse|protective)\s+)*"
)
OUT = r"(?P<out>[^\x01;:]{2,160}?)"

"""Words that say which way an outcome went, whether by chance, and what is compared with what."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    "SAME": r"""similar(?:ly|ity)?|comparable|equivalent|unchanged|identical|same|equal(?:ly)?|alike
        |non-?inferior(?:ity)?""",
    "DIFFER": r"""differ(?:s|ed|ing|ent|ence|ences|ently)?|changes?|changed|effects?|affect(?:s|ed)?
        |associat(?:ed|ion)""",
    "NOT": r"""no|not|nor|neither|none|without|never|\w+n['’]t|cannot|failed|fail|lack|nonsignificant\w*
        |insignificant\w*|non""",
    "SIGNIF": r"significan(?:t|tly|ce)",
    "UP": r"""higher|highest|increas\w+|greater|greatest|more|elevat\w+|raised?|rose|rise|risen|larger|largest|excess
        |doubled|twice|exceed\w*|enhanc\w+|augment\w+|upregulat\w+|stronger|faster|frequent\w*|longer|longest|later
        |prolong\w+|extend\w*|gain(?:s|ed)?|delayed|likelier""",
    "DOWN": r"""lower(?:ed|ing)?|lowest|reduc\w+|decreas\w+|fewer|fewest|less|least|declin\w+|fell|fall(?:s|en)?
        |smaller|smallest|halved|drop(?:s|ped)?|diminish\w*|prevent\w*|attenuat\w+|suppress\w+|inhibit\w+|shorter
        |shortest|shorten\w*|weaker|slower|slowed|lost|loss|earlier|sooner|rarer""",
    "BETTER": r"""better|best|improv\w+|superior|benefi\w+|favou?r\w*|effective(?:ly|ness)?|advantage\w*
        |outperform\w*|efficacious""",
    "WORSE": r"worse\w*|inferior|poor(?:er)?|impair\w*|deteriorat\w+",
    "THAN": r"than|compared|comparison|relative|versus|vs|against|comparing",
    "BETWEEN": r"between|among|amongst|both|either|groups|arms",
    "BASE": r"baseline|before|within|pre|initial",
    "BUT": r"but|although|though|however|whereas|while|except|despite",
    "TREND": r"tend(?:s|ed|ency)?|trend\w*|numerically|slight(?:ly)?|marginal(?:ly)?|borderline",
}
_SIGNAL = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items()), re.I | re.VERBOSE)


@lru_cache(maxsize=20_000)
def signal_of(word: str) -> str | None:
    """What a word tells: ``UP``, ``NOT``, ``THAN``, ...; None for any other word.

    >>> signal_of("Lowered"), signal_of("vs"), signal_of("tea")
    ('DOWN', 'THAN', None)
    """
    match = _SIGNAL.fullmatch(word)
    return match.lastgroup if match else None

"""What an article says of its primary endpoint, as a few signs that can be weighed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.endpoint_clauses import clauses
from ingest.endpoint_named import PRIMARY, Named, endpoint_of
from ingest.endpoint_parts import Part, Told
from ingest.endpoint_said import said_of_endpoint, said_of_noninferiority, stopped_in_vain
from ingest.endpoint_signs import Signs, signs_of
from ingest.endpoint_words import one_way, shared, stems

ABOUT = 0.6
"""The share of the endpoint's words that a clause about it has."""

_ASIDE = re.compile(
    r"""\bsub-?groups?\b | \bsubset\b | \bexploratory\b | \bpost[\s-]hoc\b | \bsensitivity\sanalys | \bsecondary\b
      | \bmultivaria\w+ | \binteraction\b | \bprognostic\b | \bregardless\b | \bcrossover\b | \bper[\s-]protocol\b
      | \btoxic | \badverse\sevents?\b | \bcorrelat | \binternal\sconsistency | \bsample\ssize | \bpower\sanalys
      | \b(?:both|all|each|either)\s(?:study\s|treatment\s|of\sthe\s)?(?:\w+\s)?
        (?:groups|arms|treatments|drugs|interventions)\b
      | \badministration\sof\sboth\b | \bwithin[\s-]group
      | \bfrom\sbaseline\s(?:in|within)\b | \b(?:compared|comparison)\s(?:to|with)\sbaseline\b""",
    re.VERBOSE,
)
"""What tells of a part of the trial, of harms, or of one arm's change, and not of how the comparison came out."""
_WITHIN = re.compile(r"\bfrom\s\d[\d.]*%?\s(?:\S+\s){0,4}?to\s\d|\bover\stime\b")
_AGAINST = re.compile(r"\b(?:compared|than|versus|vs|v|placebo|controls?|between|against)\b")
"""A change in one arm, and a word that sets one arm against another."""
_ALLOCATED = re.compile(
    r"""\b(?:were|was|been|we|and|then|who|patients|participants|women|men|subjects|children|adults|infants)\s
        (?:\w+ly\s)?random(?:ly|i[sz]ed)\b
      | \brandomi[sz]ed\s(?:\([^)]{1,12}\)\s)?(?:to|in\sa|\d)\b | \brandomly\s(?:assigned|allocated|divided|received)
      | \brandom\s(?:assignment|allocation) | \b(?:underwent|after|at|before)\srandomi[sz]ation
      | \b(?:this|our|an?|the|in)\s(?:[\w/-]+,?\s){0,8}randomi[sz]ed\b(?!\strials)""",
    re.VERBOSE,
)
"""The article's own participants were allocated by chance: more than a word on what randomised trials have shown."""
_AHEAD = re.compile(
    r"\bwill\b|\bfuture\b|\bfurther\s(?:stud|research|trial|investigat)|\bdesigned\sto\b|\bcalled\sfor\b"
)
_TITLE = re.compile(
    r"""\b(?:improves|reduces|prolongs|prevents|increases|decreases|enhances|delays|extends)\b
      | \b(?:is|are|was)\s(?:more\s)?(?:effective|superior)\b
      | \b(?:improved|improvements?\sin|increased|prolonged|reduced|reduction\sof|longer|better)\s(?:\w+\s){0,2}?
        (?:\w*survival|outcomes?|risk|recurrence|progression|response|pain|symptoms?)\b""",
    re.VERBOSE,
)
_OF_PRIMARY = re.compile(PRIMARY)

FEATURES = (
    "said", "said_noninferior", "result_words", "result_p", "result_interval", "conclusion_on_endpoint", "conclusion",
    "title", "other_words", "other_p", "stopped", "alike", "worse",
)  # fmt: skip
"""Every feature is 1, -1 or 0, but for ``alike`` and ``worse``, which are 1 or 0."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features by name (absent: 0), the sentence each rests on, and what sort of report the text is."""

    values: Mapping[str, int]
    spans: Mapping[str, Span]
    named: Named
    random: bool


class _Notes:
    """The first sign of each feature, with its sentence."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {}
        self.spans: dict[str, Span] = {}

    def __call__(self, name: str, sign: int, told: Told) -> None:
        if sign and name not in self.values:
            self.values[name], self.spans[name] = sign, told.span


def evidence_of(told: Sequence[Told], short_forms: Mapping[str, str]) -> Evidence:
    """What the sentences say of how the primary endpoint came out."""
    pairs = [(t, one_way(t.words, short_forms)) for t in told]
    named = endpoint_of([(t.part, words) for t, words in pairs])
    note = _Notes()
    reporting = [(t, w) for t, w in pairs if t.part in (Part.RESULTS, Part.CONCLUSION, Part.BODY, Part.TITLE)]
    for t, words in sorted(reporting, key=lambda pair: pair[0].part is not Part.CONCLUSION):
        note("said", next((said for c in clauses(words) if (said := said_of_endpoint(c))), 0), t)
        if named.noninferiority and (t.part is not Part.BODY or shared(named.stems, words) >= ABOUT):
            note("said_noninferior", said_of_noninferiority(words), t)
        note("stopped", -int(stopped_in_vain(words)), t)
    for t, words in reporting:
        for clause in clauses(words):
            _weigh(note, named, t, clause)
    if {"result_words", "result_p", "result_interval"} & note.values.keys():
        note.values = {name: sign for name, sign in note.values.items() if not name.startswith("other_")}
    random = any(
        _ALLOCATED.search(w) or (t.part is Part.TITLE and "randomi" in w)
        for t, w in pairs
        if t.part is not Part.CONCLUSION
    )
    return Evidence(note.values, note.spans, named, random)


def _weigh(note: _Notes, named: Named, t: Told, clause: str) -> None:
    of_primary = _OF_PRIMARY.search(clause) is not None
    about = of_primary or shared(named.stems, clause) >= ABOUT
    within = _WITHIN.search(clause) is not None and _AGAINST.search(clause) is None
    aside = within or (_ASIDE.search(clause) is not None and not of_primary)
    if _AHEAD.search(clause) or (t.part is Part.BODY and not re.search(r"\d", clause)):
        return
    survival = any(stem.endswith("survival") for stem in named.stems)
    signs = signs_of(clause, named.alpha, _start(named, clause) if about else 0, survival=about and survival)
    if named.noninferiority:
        if signs.same and not signs.worse and t.part in (Part.RESULTS, Part.CONCLUSION) and about:
            note("alike", 1, t)
        signs = _of_noninferiority(signs)
    if t.part is Part.TITLE:
        note("title", -1 if signs.words < 0 else int(_TITLE.search(clause) is not None), t)
    elif t.part is Part.CONCLUSION:
        note("conclusion_on_endpoint", signs.words if about and not aside else 0, t)
        note("conclusion", signs.words, t)
        note("worse", int(signs.worse and not aside), t)
    elif about and not aside:
        note("result_words", signs.words, t)
        note("result_p", signs.p, t)
        note("result_interval", signs.interval, t)
        note("worse", int(signs.worse), t)
    elif t.part is Part.RESULTS and not aside:
        note("other_words", signs.words, t)
        note("other_p", signs.p, t)


def _of_noninferiority(signs: Signs) -> Signs:
    """Where no difference is what was hoped for, that none was found speaks against nothing."""
    words = 0 if signs.words < 0 and signs.same and not signs.worse else signs.words
    return replace(signs, words=words, p=max(signs.p, 0), interval=max(signs.interval, 0))


def _start(named: Named, clause: str) -> int:
    """Where ``clause`` first names the endpoint."""
    places = (m.start() for m in re.finditer(r"[a-z][\w'-]*", clause) if stems(m[0]) & named.stems)
    return next(places, 0)

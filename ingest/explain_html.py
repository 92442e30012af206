"""An explanation as a picture: marked sentences in the manner of displaCy, in one file without scripts or network.

Whatever the article holds is escaped; what a browser would obey instead of show is replaced.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from ingest.article import Span
from ingest.claim import Claim, Grade
from ingest.explain import Explained, Explanation, Mark, about_mention, roles_marked, slots_of
from ingest.trace import Event, Step

MAX_SENTENCES = 1_000
"""More would be no picture; the rest is counted."""
MAX_MARKS = 200
"""Marks of one sentence."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LEGEND = (
    ("arm", "an arm, as words of the sentence"),
    ("outcome", "an outcome"),
    ("population", "who it is about"),
    ("figure", "a number, with the pattern that read it"),
    ("intervention", "the intervention, and its numbers"),
    ("comparator", "the comparator, and its numbers"),
    ("contrast", "numbers that compare the arms"),
    ("overall", "numbers of all participants together"),
)
STYLE = """
:root { color-scheme: light dark; --soft: #5c6470; --line: #c9ced6; --bad: #a3231f; }
@media (prefers-color-scheme: dark) { :root { --soft: #a5adba; --line: #454c58; --bad: #ff9d96; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin-bottom: .3rem; }
.soft, small { color: var(--soft); } .refused, .error { color: var(--bad); font-weight: 600; }
section { border-top: 1px solid var(--line); padding: .6rem 0; }
.entities { line-height: 2.4; white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; }
mark { padding: .3em .45em; border-radius: .35em; line-height: 1; color: #111; background: #e3e6ea; }
mark > b { font-size: .68em; font-weight: 700; margin-left: .5em; text-transform: uppercase; }
mark.arm { background: #d9d2f5; } mark.outcome { background: #fbe3b4; } mark.population { background: #d6ecc9; }
mark.figure { background: #d5e3f4; } mark.intervention { background: #aee3d2; } mark.comparator { background: #f6c9b8; }
mark.contrast { background: #cfd8ff; } mark.overall { background: #e6dccf; }
mark mark { outline: 1px solid #6668; }
table { border-collapse: collapse; width: 100%; font-size: .88em; } td, th { text-align: left; vertical-align: top; }
td, th { padding: .15rem .8rem .15rem 0; overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; width: 9rem; }
ul.legend { list-style: none; padding: 0; } ul.legend li { display: inline-block; margin: 0 1.2rem .5rem 0; }
"""


def page(told: Explanation) -> str:
    """The whole page."""
    title = _text(told.article.title or told.article.id)
    shown = [s for s in told.sentences if s.marks or s.decisions or s.claims]
    left = len(shown) - MAX_SENTENCES
    body = [
        f"<h1>How this was read: {title}</h1>",
        f'<p class="soft">{len(told.sentences)} sentences, {len(told.claims)} claims. Sentences in which nothing was '
        "recognised are left out.</p>",
        '<ul class="legend">',
        *(f'<li><mark class="{name}">{name}</mark> <small>{meaning}</small></li>' for name, meaning in LEGEND),
        "</ul>",
        "<h2>Claims</h2>",
        *(_claim(n, claim, told) for n, claim in enumerate(told.claims, 1)),
        "" if told.claims else "<p>None.</p>",
        "<h2>Sentences</h2>",
        *(_sentence(sentence, told) for sentence in shown[:MAX_SENTENCES]),
        f"<p>{left} more sentences are not shown.</p>" if left > 0 else "",
        f"<p>{told.dropped} more notes were not kept.</p>" if told.dropped else "",
    ]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>How this was read: {title}</title><style>{STYLE}</style></head><body>\n"
        + "\n".join(line for line in body if line)
        + "\n</body></html>\n"
    )


def _text(words: str) -> str:
    return html.escape(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words))


def marked(text: str, span: Span, marks: Sequence[Mark]) -> str:
    """``text[span]`` with its marks around it, one inside the other where they nest; of two that cross, the first."""
    out: list[str] = []
    at = span.start
    open_: list[Mark] = []

    def close(until: int) -> None:
        nonlocal at
        while open_ and open_[-1].span.end <= until:
            mark = open_.pop()
            out.append(_text(text[at : mark.span.end]) + f"<b>{_text(mark.label)}</b></mark>")
            at = mark.span.end

    for mark in marks[:MAX_MARKS]:
        close(mark.span.start)
        if not span.contains(mark.span) or (open_ and mark.span.end > open_[-1].span.end) or len(open_) > 5:
            continue
        out.append(_text(text[at : mark.span.start]))
        about = "; ".join(part for part in (mark.rule, mark.text) if part)
        out.append(f'<mark class="{_text(mark.label)}" title="{_text(about)}">')
        at = mark.span.start
        open_.append(mark)
    close(span.end)
    return "".join(out) + _text(text[at : span.end])


def _sentence(sentence: Explained, told: Explanation) -> str:
    text = told.article.text
    numbers = [str(told.claims.index(c) + 1) for c in sentence.claims if c in told.claims]
    head = " · ".join(dict.fromkeys(p for p in (sentence.section, sentence.name) if p))
    after = f" · claim {', '.join(numbers)}" if numbers else ""
    rows = "".join(_row(mark.label, mark.rule, mark.span.of(text), mark.text) for mark in sentence.marks[:MAX_MARKS])
    rows += "".join(_decision(event, told) for event in sentence.decisions[:MAX_MARKS])
    picture = marked(text, sentence.span, sentence.marks)
    head = f"<small>{_text(head)}{after}</small>"
    return f'<section>{head}<div class="entities">{picture}</div><table>{rows}</table></section>'


def _decision(event: Event, told: Explanation) -> str:
    if event.step == Step.CLAIM:
        ids = [c.id for c in told.claims]
        number = f"claim {ids.index(event.rule) + 1}" if event.rule in ids else "joined to another claim"
        return _row("claim", number, "", event.text)
    words = event.span.of(told.article.text) if event.step in (Step.WORDS, Step.REFUSED) else ""
    return _row(event.step, event.rule, words, "" if event.step == Step.MERGED else event.text)


def _row(label: str, rule: str, words: str, told: str) -> str:
    quoted = f"“{_text(' '.join(words.split())[:200])}”" if words else ""
    cells = "".join(f"<td>{cell}</td>" for cell in (_text(rule), quoted, _text(told)))
    return f'<tr class="{_text(label)}"><th scope="row">{_text(label)}</th>{cells}</tr>'


def _claim(number: int, claim: Claim, told: Explanation) -> str:
    picture = marked(told.article.text, claim.quote.span, roles_marked(claim))
    rows = "".join(f'<tr class="{_text(c)}"><th scope="row">{a}</th><td>{b}</td></tr>' for a, b, c in _facts(claim))
    head = f"Claim {number} <small>{_text(claim.id)}</small>"
    return f'<section><h3>{head}</h3><div class="entities">{picture}</div><table>{rows}</table></section>'


def _facts(claim: Claim) -> Iterator[tuple[str, str, str]]:
    for name, mention in slots_of(claim):
        if mention is not None:
            about = about_mention(mention)
            yield name, f'{_text(mention.text)} <span class="soft">{_text(about)}</span>', name
    for e in claim.effects:
        place = f' <span class="soft">{_text(str(e.table))}</span>' if e.table else ""
        yield e.arm.value, f"{_text(e.measure.value)}: {_text(' '.join(e.text.split()))}{place}", e.arm.value
    basis = f" by {claim.direction_basis}" if claim.direction_basis else ""
    yield "direction", f"{claim.direction or '–'}{basis}; {claim.significance or 'significance –'}", "direction"
    yield "assertion", f"{claim.assertion}, {claim.kind}, confidence {claim.confidence:.2f}", "assertion"
    for check in claim.checks:
        if check.grade is not Grade.NOT_CHECKABLE:
            yield f"{check.grade.value}", f"{_text(check.rule)}: {_text(check.message)}", check.grade.value

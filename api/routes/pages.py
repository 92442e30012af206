"""Pages for people: they work without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError

from api.article_view import blocks
from api.claim_schemas import ClaimDetailOut
from api.corrections import changed, number_fields
from api.dependencies import Services, ServicesDep
from api.marking import pieces
from api.pages import STATIC, render, static_file
from api.schemas import DecisionIn
from api.wording import tail
from graph.errors import BadCorrection, QuestionError, StaleRevision
from graph.model import Reason
from ingest.article import SectionKind

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

EXAMPLES = (
    "lenalidomide -> second primary malignancy",
    "lenalidomide -> ?",
    "? -> progression-free survival",
)
SYNTAX = (
    ("lenalidomide or thalidomide -> ?", "either drug; not and and work too, and parentheses"),
    ("lenalidomide vs placebo -> ? in elderly patients", "compared with what, in whom"),
    ("? -> overall survival measure:HR direction:higher significant:yes", "what the numbers are and say"),
    ('? -> ? design:"phase 3, RCT" n>=500 since:2015', "how large the study is, how designed, how recent"),
    ('? -> ? text:"hazard ratio" check:error', "words of the quote; claims that a check found wrong"),
    ("? -> ? status:unreviewed order:uncertain", "what to review first; order:newest and order:largest too"),
)
"""Questions that show the rest of the language, and what they ask."""
PAGE = 50
SHOWN = 8
"""Values of each facet that a page shows."""


@dataclass(frozen=True)
class Entered:
    """What stands in the decision form; kept when the form is shown again."""

    revision: int
    verdict: str = ""
    author: str = ""
    reason: str = ""
    note: str = ""
    numbers: dict[str, str] = field(default_factory=dict)


@router.get("/static/{name}")
def static(name: str) -> Response:
    """The style sheet, the icon and the script."""
    if name not in STATIC:
        raise HTTPException(404)
    return Response(static_file(name), media_type=STATIC[name], headers={"Cache-Control": "max-age=300"})


@router.get("/")
def home(
    services: ServicesDep,
    q: str = "",
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> Response:
    """The question box, and the evidence where a question was asked."""
    page, facets, fault, status = None, None, None, 200
    if q.strip():
        try:
            page = services.search.evidence(q, PAGE, cursor)
            facets = services.search.facets(q, SHOWN) if cursor is None else None
        except QuestionError as error:
            fault, status = error, 400
    counts = services.library.stats() if page is None else {}
    return HTMLResponse(
        render(
            "home.html",
            question=q,
            page=page,
            facets=facets,
            fault=fault,
            examples=EXAMPLES,
            syntax=SYNTAX,
            counts=counts,
            later=cursor is not None,
        ),
        status,
    )


@router.get("/articles")
def article_list(services: ServicesDep, after: Annotated[str | None, Query(max_length=2000)] = None) -> Response:
    """The articles, a page at a time."""
    articles, following = services.library.article_list(after=after)
    return HTMLResponse(render("articles.html", articles=articles, following=following, later=after is not None))


@router.get("/articles/{article_id:path}")
def article(services: ServicesDep, article_id: str) -> Response:
    """An article's whole text with its quotes marked, and its tables as tables."""
    found = services.search.article(article_id)
    furniture = [(s.start, s.end) for s in found.sections if s.kind == SectionKind.FURNITURE]
    return HTMLResponse(render("article.html", found=found, blocks=blocks(found, furniture)))


def _claim_page(
    services: Services, detail: ClaimDetailOut, entered: Entered, notice: str | None = None, status: int = 200
) -> Response:
    start, end = detail.quote.start, detail.quote.end
    text = services.search.article(detail.article.id).text
    page = render(
        "claim.html",
        claim=detail,
        quote=pieces(text, (detail,), start, end),
        fields=number_fields(detail),
        history=services.curation.history(detail.id).decisions,
        reasons=[reason.value for reason in Reason],
        verdicts=get_args(DecisionIn.model_fields["verdict"].annotation),
        entered=entered,
        notice=notice,
    )
    return HTMLResponse(page, status)


@router.get("/claims/{claim_id:path}")
def claim(services: ServicesDep, claim_id: str) -> Response:
    """A claim with its numbers, checks, history and quote, and the form to decide on it."""
    detail = services.search.claim(claim_id)
    return _claim_page(services, detail, Entered(detail.revision))


async def entered_in(request: Request) -> Entered:
    """The form as sent."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    revision = form.get("revision", "")
    return Entered(
        revision=int(revision) if revision.isdecimal() and len(revision) < 10 else -1,
        numbers={name: value for name, value in form.items() if name.startswith("effects[")},
        **{name: form.get(name, "").strip() for name in ("verdict", "author", "reason", "note")},
    )


@router.post("/claims/{claim_id:path}/decisions")
def decide(services: ServicesDep, claim_id: str, entered: Annotated[Entered, Depends(entered_in)]) -> Response:
    """Record the decision in the form and show the claim; a stale one shows the claim as it is now."""
    detail = services.search.claim(claim_id)
    if entered.revision != detail.revision:
        return _stale(services, detail, entered)
    try:
        decision = _decision(detail, entered)
        services.curation.decide(detail.id, decision, entered.revision)
    except StaleRevision:
        return _stale(services, services.search.claim(claim_id), entered)
    except ValidationError as error:
        told = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        return _claim_page(services, detail, entered, told, 422)
    except (ValueError, BadCorrection) as error:
        return _claim_page(services, detail, entered, str(error), 422)
    return RedirectResponse(f"/claims/{tail(detail.id)}", 303)


def _decision(detail: ClaimDetailOut, entered: Entered) -> DecisionIn:
    changes = changed(detail, entered.numbers) if entered.verdict == "correct" else ()
    if entered.verdict == "correct" and not changes:
        raise ValueError("no number was changed; change one, or accept or reject the claim")
    return DecisionIn.model_validate(
        {
            "verdict": entered.verdict,
            "author": entered.author,
            "reason": entered.reason or None,
            "note": entered.note or None,
            "changes": changes,
        }
    )


def _stale(services: Services, detail: ClaimDetailOut, entered: Entered) -> Response:
    told = (
        f"This claim was decided on after you opened it (revision {entered.revision}, now {detail.revision}). "
        "Nothing was recorded. Below is its current state; look at it again, then decide."
    )
    kept = Entered(detail.revision, entered.verdict, entered.author, entered.reason, entered.note)
    return _claim_page(services, detail, kept, told, 412)

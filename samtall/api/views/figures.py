"""Figures: their value for a period, now or as of any date, and the list behind it (R23)."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from samtall.api.callers import Caller
from samtall.api.plain import plain_figure
from samtall.api.problems import not_found
from samtall.api.schemas import FigureAsked, FigureListAsked, FigureListOut, FigureOut, FiguresOut
from samtall.api.views.reading import as_of_asked, period_asked, refuse_other_parameters
from samtall.api.views.responses import NO_KEY_NEEDED, OPEN, responses
from samtall.figures import queries
from samtall.figures.asking import Asked
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Unit
from samtall.figures.forms import Reading
from samtall.figures.models import FigureVersion
from samtall.figures.showing import list_behind

router = Router(tags=["figures"])


@router.get(
    "",
    response=responses(FiguresOut),
    auth=OPEN,
    openapi_extra=NO_KEY_NEEDED,
    url_name="api-figures",
    summary="Every figure you may see",
)
def all_figures(request: HttpRequest, asked: Query[FigureAsked]) -> Any:
    refuse_other_parameters(request, asked)
    versions = [one for one in queries.latest_versions(with_people=False) if not _counts_people(one)]
    return {"figures": [_answer(version, asked) for version in versions]}


@router.get(
    "/{slug}",
    response=responses(FigureOut),
    auth=OPEN,
    openapi_extra=NO_KEY_NEEDED,
    url_name="api-figure",
    summary="One figure",
)
def one_figure(request: HttpRequest, slug: str, asked: Query[FigureAsked]) -> Any:
    refuse_other_parameters(request, asked)
    return _answer(_version(slug), asked)


@router.get(
    "/{slug}/list", response=responses(FigureListOut), url_name="api-figure-list", summary="The list behind a figure"
)
def figure_list(request: HttpRequest, slug: str, asked: Query[FigureListAsked]) -> Any:
    refuse_other_parameters(request, asked)
    caller: Caller = request.auth  # type: ignore[attr-defined]
    reader = caller.needs("figures.list")
    version = _version(slug)
    definition = queries.definition_of(version)
    period, as_of = period_asked(asked, definition), as_of_asked(asked)
    reading = Reading(period, definition.calendar, as_of.position, as_of.on, Grouping.NONE)
    rows = queries.rows(version, period, position=as_of.position, on=as_of.on)
    total = len(rows)
    beyond = (asked.page - 1) * asked.page_size >= total
    lines = [] if beyond else list_behind(version, reading, reader, page=str(asked.page), size=asked.page_size).lines
    return {
        "figure": _answer(version, asked),
        "total": total,
        "page": asked.page,
        "page_size": asked.page_size,
        "items": [
            {
                "label": line.label,
                "status": line.status,
                "amount": line.amount,
                "activities": [thing.label for thing in line.things],
            }
            for line in lines
        ],
    }


def _version(slug: str) -> FigureVersion:
    try:
        version = queries.current_version(slug)
    except (FigureVersion.DoesNotExist, ValueError):
        raise not_found() from None
    if not version.figure.public or _counts_people(version):  # these are not for machines (R20)
        raise not_found()
    return version


def _counts_people(version: FigureVersion) -> bool:
    return queries.definition_of(version).unit is Unit.PEOPLE


def _answer(version: FigureVersion, asked: FigureAsked) -> dict[str, Any]:
    as_of = as_of_asked(asked)
    definition = queries.definition_of(version)
    period = period_asked(asked, definition)
    reading = Reading(period, definition.calendar, as_of.position, as_of.on, Grouping.NONE)
    return plain_figure(version, Asked.by(version, reading, with_people=False).answer())

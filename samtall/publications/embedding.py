"""A figure of an edition by itself: for its own page, for a frame on somebody's site, and as an image."""

import re
import textwrap
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samtall.publications import showing
from samtall.publications.published import Answer, Figure, Published
from samtall.ui.writing import number, span

#: The image: how wide it is at least, how far things stand from its edge, and how many letters a line of text takes.
WIDE, EDGE, LETTERS = 460, 20, 54
LINE, NUMBER = 21, 60


def figure_of(edition: Published, anchor: str) -> Figure | None:
    """The figure that is called so within its edition."""
    return next((one for one in edition.figures.values() if one.anchor == anchor), None)


def newest_of(edition: Published, slug: str) -> Figure | None:
    """A figure by its short name: of many that of the edition's own period, and of the latest version."""
    found = [one for one in edition.figures.values() if one.slug == slug]
    own = _days(edition.period.first, edition.period.last)
    return max(found, key=lambda one: (_of(one) == own, one.version, _of(one)), default=None)


def _of(figure: Figure) -> tuple[date, date]:
    return _days(figure.period.first, figure.period.last)


def _days(first: date, last: date) -> tuple[date, date]:
    return first, last


def told(answer: Answer) -> str:
    """A number as it is read, or that it is hidden."""
    return _("hidden") if answer.exact is None else number(showing.plain(answer.exact))


def source_words(edition: Published) -> str:
    return _("%(title)s, edition %(number)s") % {"title": edition.title, "number": edition.number}


def withdrawn_words() -> str:
    return _("This edition was withdrawn. Its page says why.")


@dataclass(frozen=True)
class _Text:
    """A line of text in the image, with the place of its foot."""

    words: str
    foot: int


def image(edition: Published, figure: Figure, *, withdrawn: bool) -> str:
    """The figure as SVG with colours of its own, a title, and all that it shows in words."""
    shown = showing.shown_figure(figure)
    notes = [*shown.notes, *([withdrawn_words()] if withdrawn else [])]
    name, foot = _lines(str(figure.name), EDGE)
    amount = _Text(told(figure.whole), foot + NUMBER)
    below, foot = _lines(f"{figure.unit}, {span(figure.period.first, figure.period.last)}", amount.foot + LINE // 2)
    for note in notes:
        more, foot = _lines(note, foot)
        below += more
    drawing, wide, high = _drawing(shown.chart.svg if shown.chart else mark_safe(""))
    starred, end = _lines("; ".join(f"* {one}" for one in shown.chart.notes) if shown.chart else "", foot + EDGE + high)
    source, bottom = _lines(source_words(edition), end)
    return render_to_string(
        "publications/image.svg",
        {
            "wide": max(WIDE, wide + 2 * EDGE),
            "high": bottom + EDGE,
            "edge": EDGE,
            "title": figure.name,
            "description": _described(figure, notes),
            "name": name,
            "amount": amount,
            "below": below,
            "drawing": drawing,
            "top": foot + EDGE // 2,
            "source": [*starred, *source],
        },
    )


def _described(figure: Figure, notes: list[str]) -> str:
    said = [f"{told(figure.whole)} {figure.unit}, {span(figure.period.first, figure.period.last)}", *notes]
    if len(figure.series) > 1:
        said.append("; ".join(f"{period.label}: {told(answer)}" for period, answer in figure.series))
    return ". ".join(said)


def _lines(text: str, foot: int) -> tuple[list[_Text], int]:
    """A text broken into lines below a place; the lines and the place of the last one's foot."""
    lines = [_Text(words, foot + LINE * place) for place, words in enumerate(textwrap.wrap(text, LETTERS), start=1)]
    return lines, lines[-1].foot if lines else foot


def _drawing(svg: SafeString) -> tuple[SafeString, int, int]:
    """A drawing whose colours do not ask the page, how wide it is and how high; ours, so it needs no escaping."""
    size = re.search(r'width="(\d+)[^"]*" height="(\d+)', svg)
    if size is None:
        return svg, 0, 0
    alone = re.sub(r"var\([^,()]+, *(#\w+)\)", r"\1", svg)
    return mark_safe(alone), int(size[1]) + 1, int(size[2]) + 1  # noqa: S308 - drawn by us; texts are escaped

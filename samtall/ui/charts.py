"""Charts as SVG: drawn from a Vega-Lite specification, coloured by the page, with the same numbers as a table."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samtall.ui.tables import Cell, Column, Table
from samtall.ui.writing import number

Number = int | Decimal

#: Colours that stand for roles while drawing, and what the page shows instead; the second part is for a saved file.
COLOURS = {
    "#010101": "var(--chart-bar, #0b5563)",
    "#020202": "url(#{id})",
    "#030303": "var(--chart-line, #974616)",
    "#040404": "var(--chart-grid, #bdbbb9)",
    "#050505": "var(--chart-text, #2d2b28)",
}
BAR, PENDING, LINE, GRID, TEXT = COLOURS
#: What all charts have in common, in Vega-Lite's words.
CONFIG: dict[str, Any] = {
    "aria": False,
    "font": "Inter, sans-serif",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 14, "labelColor": TEXT},
    "text": {"color": TEXT},
}
PATTERN = (
    '<defs><pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="2" height="6" fill="var(--chart-pending, #4a818b)"/></pattern></defs>'
)


@dataclass(frozen=True)
class Bar:
    """One bar: what is counted, and on top of it what awaits approval. None where there is no answer.

    A `note` stands beside it in the table, and marks its label with a star.
    """

    label: str
    value: Number | None
    pending: Number = 0
    note: str = ""

    @property
    def marked(self) -> str:
        return f"{self.label}*" if self.note else self.label


@dataclass(frozen=True)
class Chart:
    """A drawing and its table; `{{ chart }}` in a template shows both."""

    title: str
    svg: SafeString
    table: Table
    pending_shown: bool
    target: Number | None = None
    notes: tuple[str, ...] = ()

    def __html__(self) -> str:
        return render_to_string("ui/components/chart.html", {"chart": self, "title": self.title})

    __str__ = __html__


def bar_chart(
    title: str,
    bars: Sequence[Bar],
    *,
    heading: str,
    unit: str = "",
    target: Number | None = None,
    across: bool = False,
) -> Chart:
    """Bars side by side in the order given; `heading` says what the labels are ("Year"), `target` draws a line.

    With `across` the bars lie below each other, for labels of several words.
    """
    specification = json.dumps(_specification(bars, target, across), sort_keys=True)
    svg = drawing(specification, _description(title, bars, target))
    notes = tuple(f"{bar.label}: {bar.note}" for bar in bars if bar.note)
    return Chart(title, svg, _table(title, bars, heading=heading, unit=unit), any_pending(bars), target, notes)


def any_pending(bars: Sequence[Bar]) -> bool:
    """Whether a drawing must say what awaits approval."""
    return any(bar.pending for bar in bars)


def _table(title: str, bars: Sequence[Bar], *, heading: str, unit: str) -> Table:
    columns = [Column(heading), Column(unit or _("Number"), number=True)]
    rows: list[list[Cell]] = [[bar.label, bar.value] for bar in bars]
    if any_pending(bars):
        columns.append(Column(_("Awaiting approval"), number=True))
        rows = [[*row, bar.pending] for row, bar in zip(rows, bars, strict=True)]
    if any(bar.note for bar in bars):
        columns.append(Column(_("Remark")))
        rows = [[*row, bar.note] for row, bar in zip(rows, bars, strict=True)]
    return Table(title, columns, rows, caption_hidden=True)


def _description(title: str, bars: Sequence[Bar], target: Number | None) -> str:
    """What a screen reader says in place of the drawing."""
    parts = [f"{bar.label}: {_words(bar)}" for bar in bars]
    if target is not None:
        parts.append(_("target: %(target)s") % {"target": number(target)})
    return f"{title}. {'; '.join(parts)}"


def _words(bar: Bar) -> str:
    said = _amounts(bar)
    return f"{said} ({bar.note})" if bar.note else said


def _amounts(bar: Bar) -> str:
    if not bar.pending:
        return number(bar.value)
    return _("%(number)s, and %(pending)s awaiting approval") % {
        "number": number(bar.value),
        "pending": number(bar.pending),
    }


def _specification(bars: Sequence[Bar], target: Number | None, across: bool = False) -> dict[str, Any]:
    parts = [
        {"label": bar.marked, "part": part, "amount": float(amount), "place": place}
        for bar in bars
        for place, (part, amount) in enumerate([("counted", bar.value or 0), ("pending", bar.pending)])
        if amount
    ]
    totals = [
        {"label": bar.marked, "total": float((bar.value or 0) + bar.pending), "words": above(bar)} for bar in bars
    ]
    top = max(1.0, float(target or 0), *(float((bar.value or 0) + bar.pending) for bar in bars))
    bottom = min(0.0, *(float(bar.value or 0) for bar in bars)) if bars else 0.0
    names = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": [bar.marked for bar in bars]},
        "axis": {
            "title": None,
            "labelAngle": 0,
            "ticks": False,
            "domainColor": GRID,
            "labelPadding": 6,
            "labelLimit": 260,
        },
    }
    amounts = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [bottom * 1.12, top * 1.12]},
        "axis": {"labels": False, "ticks": False, "domain": False, "grid": False},
    }
    name, amount = ("y", "x") if across else ("x", "y")
    beside = {"dx": 6, "align": "left"} if across else {"dy": -8}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": parts},
            "mark": "bar",
            "encoding": {
                name: names,
                amount: {**amounts, "field": "amount", "stack": "zero"},
                "order": {"field": "place"},
                "color": {
                    "field": "part",
                    "type": "nominal",
                    "legend": None,
                    "scale": {"domain": ["counted", "pending"], "range": [BAR, PENDING]},
                },
            },
        },
        {
            "data": {"values": totals},
            "mark": {"type": "text", **beside, "fontSize": 14, "fontWeight": 600},
            "encoding": {name: names, amount: {**amounts, "field": "total"}, "text": {"field": "words"}},
        },
    ]
    if target is not None:
        at = {amount: {**amounts, "datum": float(target)}}
        line = {"type": "rule", "color": LINE, "strokeWidth": 2, "strokeDash": [6, 4]}
        layers.append({"data": {"values": [{}]}, "mark": line, "encoding": at})
    longest = max((len(bar.marked) for bar in bars), default=4)
    widest = max(longest, *(len(above(bar)) for bar in bars)) if bars else 4
    return {
        "width": 460 if across else {"step": max(56, widest * 9)},
        "height": {"step": 34} if across else 220,
        "padding": {
            "left": longest + 5 if across else 5,
            "top": 5,
            "right": 5,
            "bottom": 5,
        },  # words are wider on screen
        "layer": layers,
        "background": None,
        "config": {
            **CONFIG,
            "scale": {"bandPaddingInner": 0.3, "bandPaddingOuter": 0.15},
        },
    }


def above(bar: Bar) -> str:
    """What stands at the end of a bar."""
    return f"{number(bar.value)} + {number(bar.pending)}" if bar.pending else number(bar.value)


@lru_cache(maxsize=500)
def drawing(specification: str, description: str) -> SafeString:
    """The SVG without colours or styles of its own, so that dark mode, print and a strict policy all work."""
    import vl_convert  # half a second, so not before the first chart

    svg: str = vl_convert.vegalite_to_svg(specification)
    name = "pending-" + hashlib.sha256(specification.encode()).hexdigest()[:12]
    for stand_in, shown in COLOURS.items():
        svg = svg.replace(f'"{stand_in}"', f'"{shown.format(id=name)}"')
    head, body = re.sub(r' role="graphics-[a-z]+" aria-roledescription="[^"]*"', "", svg).split(">", 1)
    head += f' role="img" aria-label="{escape(description)}"'
    return mark_safe(f"{head}>{PATTERN.format(id=name)}{body}")  # noqa: S308 - drawn by us; texts are escaped

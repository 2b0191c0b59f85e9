"""A chart of what was meant against what is: a path to a target, and how far it has come."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samtall.ui.charts import BAR, CONFIG, GRID, LINE, Number, drawing
from samtall.ui.tables import Column, Table
from samtall.ui.writing import number


@dataclass(frozen=True)
class Step:
    """One day on the way: what should be reached by then, and what was; None where there is no answer."""

    label: str
    planned: Number | None
    actual: Number | None


@dataclass(frozen=True)
class PathChart:
    """A drawing and its table; `{{ chart }}` in a template shows both."""

    title: str
    svg: SafeString
    table: Table

    def __html__(self) -> str:
        return render_to_string("ui/components/path_chart.html", {"chart": self, "title": self.title})

    __str__ = __html__


def path_chart(title: str, steps: Sequence[Step], *, unit: str, planned: str, actual: str) -> PathChart:
    """Two lines over the same days: dashed for what was planned, whole with points for what is."""
    rows = [(step.label, step.planned, step.actual) for step in steps]
    table = Table(
        title,
        [Column(_("By")), Column(f"{planned} ({unit})", number=True), Column(f"{actual} ({unit})", number=True)],
        rows,
        caption_hidden=True,
    )
    said = "; ".join(f"{one.label}: {planned} {number(one.planned)}, {actual} {number(one.actual)}" for one in steps)
    return PathChart(title, drawing(json.dumps(_specification(steps), sort_keys=True), f"{title}. {said}"), table)


def _specification(steps: Sequence[Step]) -> dict[str, Any]:
    x = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": [step.label for step in steps]},
        "axis": {"title": None, "labelAngle": 0, "ticks": False, "domainColor": GRID, "labelPadding": 6},
    }
    amounts = [float(one) for step in steps for one in (step.planned, step.actual) if one is not None]
    y = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [min(0.0, *amounts), max(1.0, *amounts) * 1.12]},
        "axis": {"gridColor": GRID, "domain": False, "ticks": False, "tickCount": 5},
    }
    planned = [{"label": one.label, "amount": float(one.planned)} for one in steps if one.planned is not None]
    actual = [
        {"label": one.label, "amount": float(one.actual), "words": number(one.actual)}
        for one in steps
        if one.actual is not None
    ]
    encoding = {"x": x, "y": {**y, "field": "amount"}}
    last = next((step for step in reversed(steps) if step.actual is not None), None)
    under = last is not None and last.planned is not None and last.actual is not None and last.actual < last.planned
    beside = {"type": "text", "dy": 20 if under else -12, "fontSize": 14, "fontWeight": 600}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": planned},
            "mark": {"type": "line", "color": LINE, "strokeWidth": 2, "strokeDash": [6, 4]},
            "encoding": encoding,
        },
        {
            "data": {"values": actual},
            "mark": {"type": "line", "color": BAR, "strokeWidth": 3, "point": {"color": BAR, "size": 70}},
            "encoding": encoding,
        },
        {"data": {"values": actual[-1:]}, "mark": beside, "encoding": {**encoding, "text": {"field": "words"}}},
    ]
    longest = max((len(step.label) for step in steps), default=4)
    return {
        "width": {"step": max(56, longest * 9)},
        "height": 240,
        "layer": layers,
        "background": None,
        "config": CONFIG,
    }

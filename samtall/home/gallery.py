"""Examples of every component, for the gallery page: the line that is shown is the line that is run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.ui import fields
from samtall.ui.charts import Bar, bar_chart
from samtall.ui.frame import Link
from samtall.ui.tables import Cell, Column, Event, Table


@dataclass(frozen=True)
class Example:
    """One way to use a component, and what comes of it."""

    line: str
    shown: str


@dataclass(frozen=True)
class Group:
    """The examples of one component."""

    title: str
    examples: Sequence[Example]


class SampleForm(forms.Form):
    """Every kind of field."""

    title = fields.TextField(label=gettext_lazy("Title"), most=80)
    day = fields.DateField(label=gettext_lazy("Date"), help_text=gettext_lazy("Day.month.year, for example 15.09.2016"))
    count = fields.IntegerField(label=gettext_lazy("How many took part"), most=10_000)
    hours = fields.DecimalField(label=gettext_lazy("Hours"), required=False)
    email = fields.EmailField(label=gettext_lazy("E-mail address"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", "–"), ("thesis", gettext_lazy("Thesis")), ("course", gettext_lazy("Course"))],
    )
    form_of_work = forms.ChoiceField(
        label=gettext_lazy("Form of work"),
        widget=forms.RadioSelect,
        choices=[("group", gettext_lazy("In a group")), ("alone", gettext_lazy("Alone"))],
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("trade", gettext_lazy("Trade")), ("culture", gettext_lazy("Culture"))],
    )
    remark = fields.TextField(label=gettext_lazy("Remark"), lines=True, required=False, most=2_000)
    document = forms.FileField(label=gettext_lazy("File"), required=False)
    sure = forms.BooleanField(label=gettext_lazy("I have checked that this is right"))


LINES: dict[str, tuple[str, ...]] = {
    "figure_card": (
        '{% include "ui/components/figure_card.html" with label=label value=34 unit=unit period="2017" url="#"'
        " pending=6 unidentified=2 lowest=35 highest=36 target=50 only %}",
        '{% include "ui/components/figure_card.html" with label=label value=12345 only %}',
        '{% include "ui/components/figure_card.html" with label=label value=None note=note only %}',
    ),
    "chart": ("{{ chart }}", "{{ chart_without_pending }}"),
    "table": ('{% include "ui/components/table.html" with table=table only %}',),
    "pagination": ('{% include "ui/components/pagination.html" with page=page only %}',),
    "alert": (
        '{% include "ui/components/alert.html" with level="info" text=note only %}',
        '{% include "ui/components/alert.html" with level="success" text=note only %}',
        '{% include "ui/components/alert.html" with level="warning" text=note only %}',
        '{% include "ui/components/alert.html" with level="error" title=label text=note only %}',
    ),
    "empty": ('{% include "ui/components/empty.html" with title=label text=note url="#" action=action only %}',),
    "definitions": ('{% include "ui/components/definitions.html" with pairs=pairs only %}',),
    "tag": (
        '{% include "ui/components/tag.html" with text=label only %} '
        '{% include "ui/components/tag.html" with text=label color="warning" only %} '
        '{% include "ui/components/tag.html" with text=label color="success" only %} '
        '{% include "ui/components/tag.html" with text=label color="danger" only %} '
        '{% include "ui/components/tag.html" with text=label color="info" only %} '
        '{% include "ui/components/tag.html" with text=label color="accent" only %}',
    ),
    "progress": ('{% include "ui/components/progress.html" with id="work" label=label done=320 all=1200 only %}',),
    "timeline": ('{% include "ui/components/timeline.html" with events=events only %}',),
    "tabs": ('{% include "ui/components/tabs.html" with tabs=tabs label=label only %}',),
    "breadcrumbs": ('{% include "ui/components/breadcrumbs.html" with links=links here=label only %}',),
    "search": ('{% include "ui/components/search.html" with label=label only %}',),
    "buttons": ('{% include "ui/components/buttons.html" with submit=action cancel_url="#" only %}',),
    "numbers and dates": (
        "{% load ui %}{{ thousands|number }} · {{ negative|number }} · {{ 123500|thousandths }} ·"
        " {{ day|norwegian_date }} · {{ day|short_date }} · {{ moment|moment }} · {{ day|span:later }}",
    ),
}


def context(request: HttpRequest) -> dict[str, Any]:
    """Groups of examples, and a form that shows its errors when it is sent."""
    values = _values()
    groups = [
        Group(title, [Example(line, _run(line, values, request)) for line in lines]) for title, lines in LINES.items()
    ]
    return {"groups": groups, "form": SampleForm(request.GET if "sent" in request.GET else None)}


def _run(line: str, values: dict[str, Any], request: HttpRequest) -> str:
    return engines["django"].from_string(line).render(values, request)


def _values() -> dict[str, Any]:
    years = _("Year")
    counted = [Bar("2014", 3), Bar("2015", 11), Bar("2016", 24), Bar("2017", 34, 6), Bar("2018", None)]
    rows: list[list[Cell]] = [
        [Link("#", "Nordlia Mekaniske"), 12, Decimal("22.5"), _("approved")],
        [Link("#", "Solbakken Gard og Foredling"), 3, None, _("awaiting approval")],
    ]
    return {
        "label": _("Businesses on courses"),
        "unit": _("organisations"),
        "note": _("Two organisations could not be identified. Find them in the list and give their numbers."),
        "action": _("Record an activity"),
        "chart": bar_chart(_("Businesses on courses"), counted, heading=years, target=50),
        "chart_without_pending": bar_chart(
            _("Collaborations"), [Bar(f"{year}–{year + 1}", year - 2010) for year in (2014, 2015, 2016)], heading=years
        ),
        "table": Table(
            _("Organisations"),
            [Column(_("Organisation")), Column(_("Activities"), True), Column(_("Hours"), True), Column(_("Standing"))],
            rows,
        ),
        "page": Paginator(range(480), 50).get_page(4),
        "pairs": [
            (_("Period"), "15.09.2016–16.12.2016"),
            (_("Organisation"), Link("#", "Nordlia Mekaniske")),
            (_("Remark"), ""),
        ],
        "events": [
            Event(datetime(2016, 9, 15, 12, 30, tzinfo=UTC), _("Submitted"), "Kari Nordmann"),
            Event(datetime(2016, 9, 20, 7, 5, tzinfo=UTC), _("Approved"), "Ola Hansen", _("The contract is attached.")),
        ],
        "links": [Link("#", _("Figures"))],
        "tabs": [Link("#", _("Figures"), current=True), Link("#", _("Activities"))],
        "thousands": Decimal("12345.5"),
        "negative": -1200,
        "day": date(2016, 9, 15),
        "later": date(2016, 12, 16),
        "moment": datetime(2016, 9, 15, 12, 30, tzinfo=UTC),
    }

"""What a reader may choose on a page of figures: period, calendar, "as of", breakdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.base.periods import Calendar, Period, parse_period, period_of
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Unit
from samtall.ledger.moments import NAME, AsOfField, position_of, say_today
from samtall.ui.fields import TextField

#: The breakdowns that a reader may choose, by their name in the address.
GROUPINGS = {
    "": Grouping.NONE,
    "kommune": Grouping.MUNICIPALITY,
    "slag": Grouping.KIND,
    "sektor": Grouping.SECTOR,
    "naering": Grouping.INDUSTRY,
    "storrelse": Grouping.SIZE_CLASS,
    "institusjon": Grouping.INSTITUTION,
}

UNITS = {
    Unit.ACTIVITIES: gettext_lazy("Activities"),
    Unit.ORGANISATIONS: gettext_lazy("Organisations"),
    Unit.ESTABLISHMENTS: gettext_lazy("Work sites (sub-units)"),
    Unit.PEOPLE: gettext_lazy("People"),
    Unit.HOURS: gettext_lazy("Hours"),
    Unit.LEARNER_DAYS: gettext_lazy("Learner-days"),
    Unit.FTE: gettext_lazy("Full-time equivalents"),
    Unit.NOK: gettext_lazy("Kroner"),
}
CALENDARS = {"aar": Calendar.YEAR, "studieaar": Calendar.ACADEMIC_YEAR, "semester": Calendar.SEMESTER}


@dataclass(frozen=True)
class Reading:
    """How a figure is to be read. `as_of` is the date that the position was asked by, if it was."""

    period: Period
    calendar: Calendar
    position: int | None
    as_of: date | None
    grouping: Grouping


def period_in(text: str) -> Period | None:
    try:
        return parse_period(text) if text else None
    except ValueError:
        raise forms.ValidationError(
            _("“%(text)s” is not a period. Write a year, such as 2017, or choose one of the forms below."),
            params={"text": text},
        ) from None


class ChangesForm(forms.Form):
    """One period, and the two moments that it is read at."""

    all_optional = True

    periode = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("2017, 2016–2017, 2017V or 2017H"),
    )
    fra = AsOfField(
        label=gettext_lazy("As it stood"), help_text=gettext_lazy("A date or a position. Empty: before anything.")
    )
    til = AsOfField(label=gettext_lazy("And as it stood"))

    def __init__(self, data: Any, *, latest: date, calendar: Calendar, today: date) -> None:
        super().__init__(data)
        say_today(self, today)
        self.is_valid()
        self.period: Period = self.cleaned_data.get("periode") or period_of(latest, calendar)

    def clean_periode(self) -> Period | None:
        return period_in(self.cleaned_data["periode"])

    def chosen(self, name: str) -> date | int | None:
        """What was chosen; from the beginning until now where nothing was, and now where it could not be read."""
        chosen: date | int | None = self.cleaned_data.get(name)
        return 0 if name == "fra" and chosen is None and name not in self.errors else chosen


class CatalogueForm(forms.Form):
    """Which figures to show: by words in their name or in what they count, by unit, by who made them."""

    all_optional = True

    q = TextField(label=gettext_lazy("Words"), required=False, most=100)
    enhet = forms.ChoiceField(
        label=gettext_lazy("Counts"),
        required=False,
        choices=[("", gettext_lazy("Anything")), *((str(code), words) for code, words in UNITS.items())],
    )
    av = forms.ChoiceField(label=gettext_lazy("Made by"), required=False)
    vis = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[("", gettext_lazy("Those in use")), ("bort", gettext_lazy("Those put away"))],
    )

    def __init__(self, data: Any, makers: Mapping[str, str]) -> None:
        super().__init__(data)
        made_by = self.fields["av"]
        assert isinstance(made_by, forms.ChoiceField)  # noqa: S101 - it is, above
        made_by.choices = [("", _("Anybody")), *makers.items()]
        self.is_valid()

    def chosen(self, name: str) -> str:
        """What was chosen; nothing where it could not be read."""
        return self.cleaned_data.get(name) or ""


class ReadingForm(forms.Form):
    """Everything is optional; what cannot be read is said beside its field, and the rest is still shown."""

    all_optional = True  # so that no field has to say it

    periode = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("2017, 2016–2017, 2017V or 2017H"),
    )
    per = AsOfField()
    kalender = forms.ChoiceField(
        label=gettext_lazy("Calendar"),
        required=False,
        choices=[
            ("", gettext_lazy("The figure's own")),
            ("aar", gettext_lazy("Calendar years")),
            ("studieaar", gettext_lazy("Academic years")),
            ("semester", gettext_lazy("Semesters")),
        ],
    )
    etter = forms.ChoiceField(
        label=gettext_lazy("Divided by"),
        required=False,
        choices=[
            ("", gettext_lazy("Not divided")),
            ("kommune", gettext_lazy("Municipality")),
            ("slag", gettext_lazy("Kind")),
            ("sektor", gettext_lazy("Sector")),
            ("naering", gettext_lazy("Industry")),
            ("storrelse", gettext_lazy("Size")),
            ("institusjon", gettext_lazy("Institution")),
        ],
    )

    def __init__(self, data: Any, *, latest: date, today: date, without: Sequence[str] = ()) -> None:
        super().__init__(data)
        say_today(self, today)
        self.latest = latest
        for name in without:
            del self.fields[name]
        self.is_valid()

    def clean_periode(self) -> Period | None:
        return period_in(self.cleaned_data["periode"])

    def reading(self, calendar: Calendar = Calendar.YEAR) -> Reading:
        """What was asked, with what could not be read left at its default; `calendar` is the figure's own (R9)."""
        chosen = self.cleaned_data
        calendar = CALENDARS.get(chosen.get("kalender") or "", calendar)
        per = chosen.get(NAME)
        as_of = per if isinstance(per, date) else None
        position = position_of(as_of) if as_of else per
        return Reading(
            period=chosen.get("periode") or period_of(self.latest, calendar),
            calendar=calendar,
            position=position if isinstance(position, int) else None,
            as_of=as_of,
            grouping=GROUPINGS[chosen.get("etter") or ""],
        )

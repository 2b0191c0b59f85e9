"""What a person may say of an activity. The fields of a kind are made from its declaration."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samtall.activities import registry
from samtall.activities.details import shown
from samtall.activities.finding import Party, address_of, age_of_register, find_party, label_of, party_at
from samtall.activities.kind import Field, FieldType, Kind, PartyType, Role
from samtall.activities.models import Activity, Participation
from samtall.activities.queries import Filters
from samtall.activities.refusals import Invalid
from samtall.activities.seasons import DatedSeason
from samtall.activities.stages import PROPOSED
from samtall.activities.vocabulary import EVIDENCE, UNITS
from samtall.base import reading
from samtall.base.errors import Refusal
from samtall.base.periods import year
from samtall.documents.forms import DocumentField
from samtall.ledger import vocabulary
from samtall.parties.numbers import InvalidNumber, check, format_number
from samtall.places.queries import code_on, municipality_named
from samtall.ui.fields import DateField, DecimalField, EmailField, IntegerField, LookupField, ReadField, TextField

ANY = ("", pgettext_lazy("filter", "All"))
DETAIL = "detail_"
#: The choice of recording an organisation that nobody has found the number of (R2).
UNIDENTIFIED = "unidentified"


class AskingForm(forms.Form):
    """A form whose answer is handed to an operation; what the operation refuses is shown in it."""

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Do it; whether it was done. A refusal is put at the field it is about."""
        try:
            act()
        except Invalid as invalid:
            for name, message in invalid.errors.items():
                self.add_error(self._field_of(name), message)
            return False
        except Refusal as refusal:
            self.add_error(None, str(refusal))
            return False
        return True

    def _field_of(self, name: str) -> str | None:
        for candidate in (name, DETAIL + name):
            if candidate in self.fields:
                return candidate
        return None


class FilterForm(forms.Form):
    """What the list of activities is narrowed to, from the address."""

    q = TextField(label=gettext_lazy("Title or organisation"), required=False, most=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    step = forms.ChoiceField(label=gettext_lazy("Approval"), required=False, choices=[ANY, *Activity.Step.choices])
    state = forms.ChoiceField(label=gettext_lazy("Status"), required=False, choices=[ANY, *Activity.State.choices])
    year = IntegerField(label=gettext_lazy("Year"), required=False, least=1900, most=2100)

    all_optional = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind.code, str(kind.words)) for kind in registry.kinds()]
        self.fields["kind"].choices = [ANY, *kinds]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """What was asked for; what cannot be read narrows nothing."""
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            kind=said.get("kind", ""),
            step=said.get("step", ""),
            state=said.get("state", ""),
            period=year(said["year"]) if said.get("year") else None,
            text=said.get("q", ""),
        )


class DatesField(ReadField):
    """Several days, separated by commas."""

    def read(self, raw: str) -> list[date]:
        return sorted({reading.read_date(one) for one in raw.replace(";", ",").split(",") if one.strip()})

    def write(self, value: Any) -> str:
        return ", ".join(f"{day:%d.%m.%Y}" for day in value)


def detail_field(field: Field) -> forms.Field:
    """The form field of something a kind records."""
    common: dict[str, Any] = {
        "label": str(field.words),
        "help_text": str(field.help or ""),
        "required": field.required,
    }
    if field.type is FieldType.CHOICE:
        choices = [(code, str(words)) for code, words in field.choices]
        return forms.ChoiceField(choices=[("", _("Choose")), *choices], **common)
    makers: dict[FieldType, Callable[..., forms.Field]] = {
        FieldType.TEXT: TextField,
        FieldType.INTEGER: IntegerField,
        FieldType.DECIMAL: DecimalField,
        FieldType.DATE: DateField,
        FieldType.DATES: DatesField,
    }
    return makers[field.type](**common)


class ActivityForm(AskingForm):
    """What an activity says. `reason` is asked for when it is validated, and `state` when it is new."""

    title = TextField(label=gettext_lazy("Title"), help_text=gettext_lazy("Without names of people."))
    state = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=[choice for choice in Activity.State.choices if choice[0] != "cancelled"]
    )
    starts = DateField(label=gettext_lazy("First day"))
    ends = DateField(label=gettext_lazy("Last day"), required=False)
    municipality = TextField(
        label=gettext_lazy("Municipality of the work site"),
        help_text=gettext_lazy("Its name or number on the first day."),
        required=False,
        most=100,
    )
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)

    def __init__(
        self, data: Any = None, *, kind: Kind, activity: Activity | None = None, proposal: DatedSeason | None = None
    ) -> None:
        self.kind = kind
        super().__init__(data, initial=said_of(activity, kind) if activity else _likely(kind, proposal))
        if PROPOSED in kind.stages:
            self.fields["state"].choices = [  # type: ignore[attr-defined]
                (PROPOSED.code, _("Proposal")),
                *self.fields["state"].choices,  # type: ignore[attr-defined]
            ]
        self.kept = activity.details if activity is not None else {}
        for field in kind.fields:
            if not field.own_page:
                self.fields[DETAIL + field.code] = detail_field(field)
        if activity is not None:
            del self.fields["state"]
        self._programmes()
        if activity is not None and activity.step == Activity.Step.VALIDATED:
            self.fields["reason"] = reason_field()

    def _programmes(self) -> None:
        """Those there are, and those that activities are said to belong to; without any, the field is left out."""
        said = Activity.objects.exclude(programme="").order_by("programme").values_list("programme", flat=True)
        names = vocabulary.names("programme")
        choices = [(slug, str(names.get(slug, slug))) for slug in dict.fromkeys([*names, *said.distinct()])]
        if choices:
            self.fields["programme"].choices = [("", _("None")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["programme"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        text, starts = said.get("municipality"), said.get("starts")
        if text and starts:
            municipality = municipality_named(text, starts)
            if municipality:
                said["municipality"] = code_on(municipality, starts)
            elif not (len(text) == 4 and text.isdigit()):
                self.add_error("municipality", _("No municipality had this name or number on the first day."))
        return said

    def said(self) -> dict[str, Any]:
        """What was written, as `record` and `revise` take it."""
        said = dict(self.cleaned_data)
        details = {name.removeprefix(DETAIL): said.pop(name) for name in list(said) if name.startswith(DETAIL)}
        written = {code: value for code, value in details.items() if value not in (None, "")}
        elsewhere = {
            one.code: self.kept[one.code] for one in self.kind.fields if one.own_page and one.code in self.kept
        }
        return said | {"details": written | {code: self.kept[code] for code in elsewhere}}


def _likely(kind: Kind, proposal: DatedSeason | None) -> dict[str, Any]:
    """What a new activity most likely is: of the season it is proposed for, else running, or over if it is short."""
    if proposal is not None:
        return {"state": PROPOSED.code, "starts": proposal.first, "ends": proposal.last}
    return {"state": Activity.State.RUNNING if kind.ends_required else Activity.State.COMPLETED}


def said_of(activity: Activity, kind: Kind) -> dict[str, Any]:
    """An activity as the form shows it."""
    said: dict[str, Any] = {
        name: getattr(activity, name) for name in ("title", "starts", "ends", "municipality", "programme")
    }
    for field in kind.fields:
        kept = activity.details.get(field.code)
        if kept is not None:
            said[DETAIL + field.code] = kept if field.type is FieldType.CHOICE else shown(field, kept)
    return said


def reason_field(*, required: bool = True) -> TextField:
    return TextField(label=_("Why"), help_text=_("Kept in the history of the activity."), most=500, required=required)


class PartForm(AskingForm):
    """Somebody's part in a role: an organisation; or a person or a number of people from one."""

    organisation = LookupField(
        url=reverse_lazy("organisation-lookup"),
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("Name or organisation number. Those who are likely are suggested while you write."),
    )
    name = TextField(label=gettext_lazy("Name of the person"), required=False, most=200)
    email = EmailField(
        label=gettext_lazy("E-mail of the person"),
        help_text=gettext_lazy("Only if letters are to be sent."),
        required=False,
    )
    head_count = IntegerField(label=gettext_lazy("Or a number of people, without names"), required=False, least=1)
    quantity = DecimalField(label=gettext_lazy("Amount"), required=False, most=1_000_000)
    starts = DateField(label=gettext_lazy("From"), required=False)
    ends = DateField(label=gettext_lazy("To"), required=False)

    def __init__(self, *args: Any, role: Role, needs_reason: bool, municipality: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.role, self.party, self.candidates, self.municipality = role, None, [], municipality
        tell_age_of_register(self.fields["organisation"])
        self._fit_role()
        if needs_reason:
            self.fields["reason"] = reason_field()

    role: Role
    party: Party | None
    candidates: list[Party]
    municipality: str

    def _fit_role(self) -> None:
        if self.role.party is PartyType.ORGANISATION:
            del self.fields["name"], self.fields["email"], self.fields["head_count"]
        else:
            del self.fields["starts"], self.fields["ends"]
            if not self.role.counted:
                del self.fields["head_count"]
                self.fields["name"].required = True
            if not self.role.named:
                del self.fields["name"], self.fields["email"]
                self.fields["head_count"].label = _("Number of people")
                self.fields["head_count"].required = True
        fit_quantity(self, self.role)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        either = {"name", "head_count"} <= set(self.fields)
        if either and not self.errors and bool(said["name"]) == (said["head_count"] is not None):
            self.add_error("name", _("Write either a name or a number of people."))
        if said.get("organisation"):
            self._find(said["organisation"])
        return said

    def _find(self, text: str) -> None:
        """Find the party; when it is not one, ask which, or whether to record it without an id (R2)."""
        chosen = str(self.data.get("candidate", ""))
        found = find_party(text, municipality=self.municipality)
        self.party = found.party or party_at(chosen)
        if self.party is not None:
            return
        if not any(character.isalpha() for character in text):
            self.add_error("organisation", wrong_number(text))
        elif chosen != UNIDENTIFIED:
            self.candidates = found.candidates
            self._ask_which(text)

    def _ask_which(self, text: str) -> None:
        choices = [(address_of(one), label_of(one)) for one in self.candidates]
        unknown = _("None of these: record “%(name)s” without an organisation number") % {"name": text}
        self.fields["candidate"] = forms.ChoiceField(
            label=_("Which organisation is it?"),
            widget=forms.RadioSelect,
            choices=[*choices, (UNIDENTIFIED, unknown)],
            help_text=_("An organisation without a number is shown beside the figures, never in them."),
        )
        if self.candidates:
            self.add_error("organisation", _("More than one can be meant. Choose which it is below."))
        else:
            self.add_error("organisation", _("We do not know it. Write its number, or choose below."))


def tell_age_of_register(field: forms.Field) -> None:
    """Say below a lookup field how old what is looked up is, or that nothing is loaded."""
    field.help_text = f"{field.help_text} {age_of_register()}"


def wrong_number(text: str) -> str:
    """What is wrong with a number that nobody here has."""
    try:
        number = check(text)
    except InvalidNumber as refusal:
        return str(refusal)
    return _("Nobody here has the number %(number)s. Add the organisation first, then come back.") % {
        "number": format_number(number)
    }


def fit_quantity(form: forms.Form, role: Role) -> None:
    """Ask for an amount where the role has one, in its unit."""
    if role.quantity_unit:
        form.fields["quantity"].label = str(UNITS[role.quantity_unit]).capitalize()
        if role.quantity_unit == "hour":
            form.fields["quantity"].help_text = _("Hours attended, of each. 0 means that they did not come.")
    else:
        del form.fields["quantity"]


class PartChangeForm(AskingForm):
    """What can change of somebody's part."""

    head_count = IntegerField(label=gettext_lazy("Number of people"), least=1)
    quantity = DecimalField(label=gettext_lazy("Amount"), required=False, most=1_000_000)
    outcome = forms.ChoiceField(label=gettext_lazy("How it went"), choices=Participation.Outcome.choices)
    starts = DateField(label=gettext_lazy("From"), required=False)
    ends = DateField(label=gettext_lazy("To"), required=False)

    def __init__(self, data: Any = None, *, part: Participation, role: Role, needs_reason: bool) -> None:
        initial = {
            "head_count": part.head_count,
            "quantity": None if part.quantity is None else Decimal(part.quantity) / 1000,
            "outcome": part.outcome,
            "starts": part.starts,
            "ends": part.ends,
        }
        super().__init__(data, initial=initial)
        if part.head_count is None:
            del self.fields["head_count"]
        fit_quantity(self, role)
        if needs_reason:
            self.fields["reason"] = reason_field()


class EvidenceForm(AskingForm):
    """A piece of evidence; what the kind accepts stands first."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"))
    description = TextField(
        label=gettext_lazy("Where it is found"),
        help_text=gettext_lazy("A case number, a file name or a link. Without names of people."),
    )
    dated = DateField(label=gettext_lazy("Dated"), required=False)
    file = DocumentField(required=False)

    def __init__(self, *args: Any, kind: Kind, **options: Any) -> None:
        super().__init__(*args, **options)
        counting = [(str(one), str(EVIDENCE[one])) for one in kind.evidence]
        others = [(str(one), str(words)) for one, words in EVIDENCE.items() if one not in kind.evidence]
        groups = [(_("Counts for this kind"), counting), (_("Other documentation"), others)]
        self.fields["kind"].choices = groups  # type: ignore[attr-defined]


class DayForm(AskingForm):
    """On which day something happened, and why where that is wanted."""

    on = DateField(label=gettext_lazy("Date"))

    def __init__(self, *args: Any, reason_required: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"] = reason_field(required=reason_required)


class ReasonForm(AskingForm):
    """Why something is done."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"] = reason_field()

"""What a person chooses when making a figure: the form, and the definition that it says (R1, R4, R8–R11)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.base.periods import Calendar, Period
from samtall.base.text import Words
from samtall.figures.definitions import Definition, Identity, Party, Rule, Sharing, Unit
from samtall.figures.forms import UNITS, period_in
from samtall.figures.models import Figure, FigureVersion
from samtall.ledger import vocabulary
from samtall.ledger.facts import Outcome
from samtall.parties.models import Organisation
from samtall.parties.numbers import format_number
from samtall.parties.queries import organisation_by_number, organisations_named
from samtall.parties.size_classes import SIZE_CLASSES
from samtall.places import queries as places
from samtall.ui.fields import TextField

_RULES = {
    Rule.ACTIVE: gettext_lazy("Going on in the period"),
    Rule.NEW: gettext_lazy("New in the period"),
    Rule.COMPLETED: gettext_lazy("Completed in the period"),
}
_CALENDARS = {
    Calendar.YEAR: gettext_lazy("Calendar years"),
    Calendar.ACADEMIC_YEAR: gettext_lazy("Academic years"),
    Calendar.SEMESTER: gettext_lazy("Semesters"),
}
_PARTIES = {
    Party.ANY: gettext_lazy("Organisations and people"),
    Party.ORGANISATION: gettext_lazy("Organisations' own parts only"),
    Party.PERSON: gettext_lazy("People's parts only"),
}
_IDENTITIES = {
    Identity.THEN: gettext_lazy("As they were then"),
    Identity.TODAY: gettext_lazy("As they are today, after mergers"),
}
_SHARINGS = {
    Sharing.WHOLE: gettext_lazy("As one for each that took part"),
    Sharing.SHARE: gettext_lazy("As a share; the shares add up to one"),
}
_SIDES = (("outside", gettext_lazy("Outside parties")), ("education", gettext_lazy("Education parties")))

#: The parts that the form is shown in: a heading, its fields, and whether it opens by itself.
GROUPS: tuple[tuple[Any, tuple[str, ...], bool], ...] = (
    (gettext_lazy("What is counted"), ("unit", "families", "kinds"), True),
    (gettext_lazy("When"), ("rule", "calendar"), True),
    (gettext_lazy("Where"), ("region", "municipalities"), False),
    (
        gettext_lazy("With whom"),
        ("institutions", "partners", "sectors", "size_classes", "contributions", "programmes"),
        False,
    ),
    (gettext_lazy("Which parts, and how"), ("roles", "sides", "party", "outcomes", "identity", "sharing"), False),
)
#: Filters whose codes are chosen as they stand.
_CODES = ("families", "kinds", "roles", "sides", "outcomes", "sectors", "size_classes", "contributions", "programmes")


def _several(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def _one_of(label: Any, among: Mapping[Any, Any], help_text: Any = "") -> forms.ChoiceField:
    choices = [(str(code), words) for code, words in among.items()]
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        initial=choices[0][0],
        widget=forms.RadioSelect,
        help_text=help_text,
    )


class DefinitionForm(forms.Form):
    """What a figure counts: a unit, and choices that narrow it. What is left open leaves everything in."""

    all_optional = True

    unit = forms.ChoiceField(
        label=gettext_lazy("Count"),
        choices=[(str(code), words) for code, words in UNITS.items()],
        help_text=gettext_lazy("A figure counts exactly one thing."),
    )
    families = _several(gettext_lazy("In"), gettext_lazy("None chosen: in everything but inquiries."))
    kinds = _several(gettext_lazy("Only these kinds"))
    rule = _one_of(gettext_lazy("What belongs to a period"), _RULES)
    calendar = _one_of(gettext_lazy("Periods"), _CALENDARS)
    region = forms.ChoiceField(label=gettext_lazy("In the region"), required=False)
    municipalities = TextField(
        label=gettext_lazy("In the municipalities"),
        most=4_000,
        lines=True,
        required=False,
        help_text=gettext_lazy(
            "One on each line. A name takes its earlier numbers with it; a number is that number only."
        ),
    )
    institutions = TextField(
        label=gettext_lazy("The parts of"),
        most=4_000,
        lines=True,
        required=False,
        help_text=gettext_lazy("Organisations whose own parts count: a number or a name on each line."),
    )
    partners = TextField(
        label=gettext_lazy("Together with"),
        most=4_000,
        lines=True,
        required=False,
        help_text=gettext_lazy("Only what one of these also took part in: a number or a name on each line."),
    )
    sectors = _several(gettext_lazy("Sectors"))
    size_classes = _several(gettext_lazy("Employees"))
    contributions = _several(gettext_lazy("The programme's contribution"))
    programmes = _several(gettext_lazy("Programmes"))
    roles = _several(gettext_lazy("Roles"))
    sides = _several(gettext_lazy("Sides"))
    party = _one_of(gettext_lazy("Whose parts"), _PARTIES)
    outcomes = _several(gettext_lazy("Outcomes"), gettext_lazy("None chosen: ongoing and completed."))
    identity = _one_of(gettext_lazy("Organisations count"), _IDENTITIES)
    sharing = _one_of(gettext_lazy("Work that institutions share counts"), _SHARINGS)
    periode = forms.CharField(
        label=gettext_lazy("Try it on the period"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("2017, 2016–2017, 2017V or 2017H"),
    )

    def __init__(self, data: Any = None, *, definition: Definition | None = None, **options: Any) -> None:
        initial = options.pop("initial", {}) | (said_by(definition) if definition else {})
        super().__init__(data, initial=initial, **options)
        for name, offered in _offered(definition).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - they are, above
            field.choices = offered

    def groups(self) -> list[tuple[str, list[Any], bool]]:
        """The form in parts; one that holds a choice or an error is open."""
        return [
            (str(heading), [self[name] for name in names], opens or any(self._said(name) for name in names))
            for heading, names, opens in GROUPS
        ]

    def _said(self, name: str) -> bool:
        value, first = self[name].value(), self.fields[name].initial
        return bool(self.errors.get(name)) or (bool(value) and value != first)

    def clean_municipalities(self) -> tuple[str, ...]:
        return self._read("municipalities", places.codes_meant, _not_a_municipality)

    def clean_institutions(self) -> tuple[int, ...]:
        return self._read("institutions", _organisations_meant, _not_one_organisation)

    def clean_partners(self) -> tuple[int, ...]:
        return self._read("partners", _organisations_meant, _not_one_organisation)

    def clean_periode(self) -> Period | None:
        return period_in(self.cleaned_data["periode"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["region"] and cleaned["municipalities"]:
            self.add_error("municipalities", _("Choose a region or write municipalities, not both."))
        if cleaned["sharing"] == Sharing.SHARE and cleaned["unit"] != Unit.ACTIVITIES:
            self.add_error("sharing", _("Only activities can be counted by share. Choose activities, or the other."))
        if cleaned["identity"] == Identity.TODAY and cleaned["unit"] != Unit.ORGANISATIONS:
            self.add_error("identity", _("Only organisations merge. Count organisations, or choose the other."))
        return cleaned

    @property
    def definition(self) -> Definition:
        """What a valid form says."""
        said = self.cleaned_data
        region = tuple(sorted(places.codes_of(said["region"]))) if said["region"] else ()
        chosen: dict[str, Any] = {name: tuple(said[name]) for name in _CODES if said[name]}
        return Definition(
            unit=Unit(said["unit"]),
            rule=Rule(said["rule"] or Rule.ACTIVE),
            calendar=Calendar(said["calendar"] or Calendar.YEAR),
            identity=Identity(said["identity"] or Identity.THEN),
            sharing=Sharing(said["sharing"] or Sharing.WHOLE),
            party=Party(said["party"] or Party.ANY),
            municipalities=region or said["municipalities"],
            institutions=said["institutions"],
            partners=said["partners"],
            **chosen,
        )

    def _read(self, name: str, meant: Callable[[str], Iterable[Any]], refuse: Callable[[str], str]) -> tuple[Any, ...]:
        """What each line means, once each; every line that means nothing is named."""
        found: dict[Any, None] = {}
        unknown = []
        for line in _lines(self.cleaned_data[name]):
            meaning = list(meant(line))
            found |= dict.fromkeys(meaning)
            if not meaning:
                unknown.append(forms.ValidationError(refuse(line)))
        if unknown:
            raise forms.ValidationError(unknown)
        return tuple(found)


class NamesForm(forms.Form):
    """What a figure is called, why it was made, and who may see it."""

    name_nb = TextField(label=gettext_lazy("Name in bokmål"), most=120)
    name_nn = TextField(label=gettext_lazy("Name in nynorsk"), most=120)
    name_en = TextField(label=gettext_lazy("Name in English"), most=120)
    slug = forms.SlugField(
        label=gettext_lazy("Short name in addresses"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "Small letters, digits and hyphens. Empty: made from the English name. It never changes."
        ),
        error_messages={"invalid": gettext_lazy("Write letters a–z, digits and hyphens only, such as new-theses.")},
    )
    public = forms.BooleanField(
        label=gettext_lazy("Everybody may see the number"),
        required=False,
        help_text=gettext_lazy("Without signing in. Numbers of people are then rounded to the nearest five."),
    )
    reason = TextField(
        label=gettext_lazy("Why"),
        most=300,
        required=False,
        help_text=gettext_lazy("Stands beside the version for as long as it exists."),
    )

    def __init__(self, data: Any = None, *, latest: FigureVersion | None = None, **options: Any) -> None:
        initial = {f"name_{language}": text for language, text in latest.name.items()} if latest else {}
        super().__init__(data, initial=initial | (options.pop("initial", None) or {}), **options)
        if latest:  # what is decided once stays
            del self.fields["slug"], self.fields["public"]
            self.fields["reason"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "slug" not in self.fields or self.errors:
            return cleaned
        cleaned["slug"] = slug = (cleaned["slug"] or slugify(cleaned["name_en"])[:60]).strip("-").lower()
        if not slug or slug == "ny":
            self.add_error("slug", _("Write a short name: none can be made from the English name."))
        elif Figure.objects.filter(slug=slug).exists():
            self.add_error(
                "slug", _("There is a figure called “%(slug)s”. Choose another short name.") % {"slug": slug}
            )
        return cleaned

    @property
    def words(self) -> Words:
        return Words(*(self.cleaned_data[f"name_{language}"] for language in ("nb", "nn", "en")))


def said_by(definition: Definition) -> dict[str, Any]:
    """A definition as the form's choices."""
    said: dict[str, Any] = {
        name: str(getattr(definition, name)) for name in ("unit", "rule", "calendar", "party", "identity", "sharing")
    }
    said |= {name: list(getattr(definition, name)) for name in _CODES}
    region = _region_of(definition.municipalities)
    names = places.names_of_codes()
    codes = () if region else definition.municipalities
    said["region"] = region
    said["municipalities"] = "\n".join(f"{code} {names.get(code, '')}".strip() for code in codes)
    for name in ("institutions", "partners"):
        said[name] = "\n".join(_written(getattr(definition, name)))
    return said


def _region_of(codes: tuple[str, ...]) -> str:
    """The region that has exactly these codes, if there is one."""
    wanted = frozenset(codes)
    return next((one.slug for one in places.regions() if places.codes_of(one) == wanted), "") if wanted else ""


def _offered(definition: Definition | None) -> dict[str, list[tuple[str, Any]]]:
    """What there is to choose among, with what the definition has chosen though nothing has it any longer."""
    offered: dict[str, list[tuple[str, Any]]] = {
        "families": _worded("family"),
        "kinds": _worded("kind_many"),
        "roles": _worded("role"),
        "sectors": _worded("sector"),
        "contributions": _worded("contribution"),
        "programmes": _worded("programme"),
        "outcomes": [(str(code), str(vocabulary.words_for("outcome", code))) for code in Outcome],
        "size_classes": [(code, code) for code in SIZE_CLASSES],
        "sides": list(_SIDES),
    }
    for name, choices in offered.items():
        known = {code for code, _words in choices}
        choices += [(code, code) for code in (getattr(definition, name) if definition else ()) if code not in known]
    regions = [(one.slug, str(Words(one.name_nb, one.name_nn, one.name_en))) for one in places.regions()]
    return offered | {"region": [("", _("Everywhere")), *regions]}


def _worded(dimension: str) -> list[tuple[str, str]]:
    words = [(code, str(words)) for code, words in vocabulary.names(dimension).items()]
    return sorted(words, key=lambda pair: pair[1].casefold())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _organisations_meant(line: str) -> list[int]:
    """By the number in it, or by a name that only one has."""
    behind = line.rpartition("(")[2].rstrip(")")
    one = organisation_by_number(line) or organisation_by_number(behind)
    if one:
        return [one.pk]
    named = list(organisations_named(line)[:2])
    return [named[0].pk] if len(named) == 1 else []


def _written(ids: Iterable[int]) -> list[str]:
    """Organisations as lines that are read back as the same."""
    found = Organisation.objects.in_bulk(list(ids))
    return [f"{one.name} ({format_number(one.number)})" if one.number else one.name for one in found.values()]


def _not_a_municipality(line: str) -> str:
    return _("“%(line)s” is no municipality that we know. Write its name or its four-digit number.") % {"line": line}


def _not_one_organisation(line: str) -> str:
    return _("“%(line)s” is none, or more than one, of the organisations here. Write its number.") % {"line": line}

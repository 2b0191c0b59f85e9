"""A definition in plain words, in the reader's language: the reader checks the number against these sentences."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.base.periods import Calendar
from samtall.figures.definitions import Definition, Identity, Rule, Sharing, Unit
from samtall.ledger.facts import Outcome
from samtall.ledger.vocabulary import words_for
from samtall.parties.models import Organisation
from samtall.places import queries as places

_COUNTED = {Outcome.ONGOING, Outcome.COMPLETED}


def sentences(definition: Definition) -> list[str]:
    """What a definition counts: one sentence on what, then one on each choice that shapes the number."""
    said = [_what(definition), _when(definition), _identity(definition), _sharing(definition), _outcomes(definition)]
    said.append(_place(definition))
    said.append(_("Time is divided by %(calendar)s.") % {"calendar": calendar_words(definition.calendar)})
    said.append(_("The exact figure holds approved information only; what awaits approval stands beside it."))
    return [sentence for sentence in said if sentence]


def unit_words(definition: Definition, amount: int | Decimal = 0) -> str:
    """The unit after a number, as many as it says: "1 organisation", "131,7 full-time equivalents" …"""
    count = 1 if amount == 1 else 2
    return {
        Unit.ORGANISATIONS: ngettext("organisation", "organisations", count),
        Unit.ESTABLISHMENTS: ngettext("work site", "work sites", count),
        Unit.PEOPLE: ngettext("person", "people", count),
        Unit.ACTIVITIES: ngettext("activity", "activities", count),
        Unit.HOURS: ngettext("hour", "hours", count),
        Unit.LEARNER_DAYS: ngettext("learner-day", "learner-days", count),
        Unit.FTE: ngettext("full-time equivalent", "full-time equivalents", count),
        Unit.NOK: ngettext("krone", "kroner", count),
    }[definition.unit]


def calendar_words(calendar: Calendar) -> str:
    return {
        Calendar.YEAR: _("calendar year"),
        Calendar.ACADEMIC_YEAR: _("academic year (1 August – 31 July)"),
        Calendar.SEMESTER: _("semester"),
    }[calendar]


def _what(definition: Definition) -> str:
    unit = {
        Unit.ORGANISATIONS: _("Counts different organisations, each once"),
        Unit.ESTABLISHMENTS: _("Counts different work sites (sub-units), each once"),
        Unit.PEOPLE: _("Counts different people, each once"),
        Unit.ACTIVITIES: _("Counts activities, each once"),
        Unit.HOURS: _("Adds up hours"),
        Unit.LEARNER_DAYS: _("Adds up attended hours and divides them by eight"),
        Unit.FTE: _("Adds up full-time equivalents"),
        Unit.NOK: _("Adds up kroner"),
    }[definition.unit]
    of_what = _listed("kind_many", definition.kinds) or _listed("family", definition.families)
    roles = _listed("role", definition.roles)
    said = unit
    if of_what:
        said = _("%(counted)s, in %(of_what)s") % {"counted": said, "of_what": of_what}
    if roles:
        said = _("%(counted)s, as %(roles)s") % {"counted": said, "roles": roles}
    elif definition.unit in (Unit.ORGANISATIONS, Unit.ESTABLISHMENTS) and tuple(definition.sides) == ("outside",):
        said = _("%(counted)s, other than the education parties") % {"counted": said}
    elif definition.unit is Unit.ORGANISATIONS and tuple(definition.sides) == ("education",):
        said = _("%(counted)s, among the education parties") % {"counted": said}
    if definition.institutions:
        names = _organisations(definition.institutions)
        said = _("%(counted)s, for %(institutions)s") % {"counted": said, "institutions": names}
    if definition.partners:
        names = _organisations(definition.partners)
        said = _("%(counted)s, together with %(partners)s") % {"counted": said, "partners": names}
    for dimension, chosen in (
        ("sector", definition.sectors),
        ("size_class", definition.size_classes),
        ("contribution", definition.contributions),
    ):
        if chosen:
            said = _("%(counted)s, only %(chosen)s") % {"counted": said, "chosen": _listed(dimension, chosen)}
    if definition.programmes:
        names = _joined(str(words_for("programme", code)) for code in definition.programmes)
        said = _("%(counted)s, only %(chosen)s") % {"counted": said, "chosen": names}
    return said + "."


def _when(definition: Definition) -> str:
    return {
        Rule.NEW: _("Takes what began in the period."),
        Rule.ACTIVE: _("Takes what was going on for at least one day of the period."),
        Rule.COMPLETED: _("Takes what was completed in the period."),
    }[definition.rule]


def _identity(definition: Definition) -> str:
    if definition.unit is not Unit.ORGANISATIONS:
        return ""
    if definition.identity is Identity.TODAY:
        return _("Organisations that have merged or changed number are counted as what they have become.")
    return _("Organisations are counted as they were then; a later merger changes nothing.")


def _sharing(definition: Definition) -> str:
    if definition.sharing is Sharing.SHARE:
        return _("Work that several institutions share is divided between them; the shares add up to one.")
    return ""


def _outcomes(definition: Definition) -> str:
    outcomes = set(definition.outcomes)
    if not outcomes or outcomes == _COUNTED:
        return ""
    return _("Only where the outcome is: %(outcomes)s.") % {"outcomes": _listed("outcome", definition.outcomes)}


def _place(definition: Definition) -> str:
    if not definition.municipalities:
        return ""
    names = places.names_of_codes(definition.municipalities)
    said = _joined(dict.fromkeys(names.get(code, code) for code in definition.municipalities))
    return _("Only with a work site in %(places)s.") % {"places": said}


def _listed(dimension: str, codes: Sequence[str]) -> str:
    return _joined(_inside_a_sentence(str(words_for(dimension, code))) for code in codes)


def _inside_a_sentence(words: str) -> str:
    """A heading's capital does not belong inside a sentence; an abbreviation keeps its own."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _organisations(ids: Sequence[int]) -> str:
    return _joined(Organisation.objects.filter(pk__in=ids).order_by("search_name").values_list("name", flat=True))


def _joined(words: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *first, last = list(words) or [""]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last

"""What an agreement says: the clauses that hold, filled in, in the agreement's own language."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation

from samtall.activities import registry
from samtall.activities.kind import Kind, PartyType
from samtall.activities.minimum import LEFT
from samtall.activities.models import Activity, Participation
from samtall.activities.roles import COMPANY_SUPERVISOR, STUDENT, SUPERVISOR
from samtall.activities.statements import PARTICIPATIONS
from samtall.agreements.models import Agreement
from samtall.agreements.texts import Text, text
from samtall.ledger.facts import Side
from samtall.parties.models import Organisation
from samtall.parties.numbers import format_number
from samtall.parties.queries import attributes_on
from samtall.ui.writing import NO_BREAK_SPACE, listed, long_date, number

#: Forms and beginnings of sector codes of bodies that the Freedom of Information Act applies to.
PUBLIC_FORMS = ("ADOS", "FKF", "FYLK", "IKS", "KF", "KOMM", "ORGL", "SF", "STAT", "SÆR")
PUBLIC_SECTORS = ("11", "15", "61", "65")


def signing_parts(activity: Activity) -> list[Participation]:
    """Who signs: the organisations that must take part, and each named student who has not left."""
    kind = registry.kind(activity.kind)
    parts = PARTICIPATIONS.filter(activity=activity)
    return [one for one in parts if _signs(one, kind)]


def _signs(part: Participation, kind: Kind) -> bool:
    role = kind.role(part.role)
    if part.outcome in LEFT:
        return False
    return (role.required and role.party is PartyType.ORGANISATION) or (role == STUDENT and part.person_key is not None)


def title_of(agreement: Agreement) -> str:
    """What the agreement is called, in the language of now."""
    return str(text(agreement.text, agreement.version).title).format(kind=_kind(agreement.activity))


def document(agreement: Agreement, *, draft: bool) -> dict[str, Any]:
    """Everything that the layout prints. `draft` is said at the top of each page."""
    activity = agreement.activity
    said = text(agreement.text, agreement.version)
    with translation.override(agreement.language):
        parts = list(PARTICIPATIONS.filter(activity=activity).prefetch_related("organisation__attributes"))
        truths = _truths(agreement, parts)
        places = _places(agreement, parts)

        def label(name: str, **more: Any) -> str:
            return str(said.labels[name]).format(**more)

        return {
            "language": agreement.language,
            "region": "GB" if agreement.language == "en" else "NO",
            "title": title_of(agreement),
            "number": label("number", number=agreement.pk),
            "draft": label("draft") if draft else "",
            "made_from": label("made_from", text=agreement.text, version=agreement.version),
            "page": str(said.labels["page"]),
            "parties_heading": label("parties"),
            "columns": [label(name) for name in ("role", "name", "organisation_number", "contact")],
            "parties": _parties(activity, parts, said),
            "sections": [
                {
                    "heading": str(section.heading),
                    "paragraphs": [str(clause.words).format(**places) for clause in section.clauses_for(truths)],
                }
                for section in said.sections
            ],
            "signatures_heading": label("signatures"),
            "signatures": [
                {"name": name_of(one), "role": str(_declared(activity).role(one.role).words)}
                for one in parts
                if _signs(one, _declared(activity))
            ],
            "date_label": label("date"),
            "signature_label": label("signature"),
        }


def _truths(agreement: Agreement, parts: Sequence[Participation]) -> set[str]:
    """What is so of an agreement, as clauses ask for it; of what may be lacking, either the one or the other."""
    details = agreement.activity.details
    confidential = agreement.confidentiality != Agreement.Confidentiality.NONE
    either = {
        "ends": agreement.activity.ends,
        "place": agreement.place,
        "hours": details.get("hours"),
        "credits": details.get("credits"),
        "supervisor": _people(parts, SUPERVISOR.code),
        "company supervisor": _people(parts, COMPANY_SUPERVISOR.code),
        "supervision hours": agreement.supervision_hours,
        "expenses": agreement.expenses,
        "compensation": agreement.compensation,
        "other": agreement.other,
        "confidential": confidential,
        "public": _public(parts),
    }
    truths = {name if value else f"no {name}" for name, value in either.items()}
    return truths | {f"rights: {agreement.rights}", f"confidentiality: {agreement.confidentiality}"}


def _places(agreement: Agreement, parts: Sequence[Participation]) -> dict[str, str]:
    activity = agreement.activity
    details = activity.details
    return {
        "title": activity.title,
        "starts": _day(activity.starts),
        "ends": _day(activity.ends),
        "place": agreement.place,
        "hours": _decimal(details.get("hours")),
        "credits": _decimal(details.get("credits")),
        "host": listed(_organisations(parts, activity, Side.OUTSIDE)),
        "institution": listed(_organisations(parts, activity, Side.EDUCATION)),
        "supervisor": listed(_people(parts, SUPERVISOR.code)),
        "company_supervisor": listed(_people(parts, COMPANY_SUPERVISOR.code)),
        "supervision_hours": number(agreement.supervision_hours),
        "confidential_until": _day(agreement.confidential_until),
        "public": listed(_public(parts)),
        "expenses": agreement.expenses,
        "compensation": agreement.compensation,
        "other": agreement.other,
    }


def _parties(activity: Activity, parts: Sequence[Participation], said: Text) -> list[list[str]]:
    """A row of each party: its role, name, number and contact."""
    kind = _declared(activity)
    contacts = {Side.OUTSIDE: COMPANY_SUPERVISOR.code, Side.EDUCATION: SUPERVISOR.code}
    rows = []
    for one in parts:
        role = kind.role(one.role)
        if role.party is PartyType.ORGANISATION:
            contact = listed(_people(parts, contacts.get(role.side, "")))
            rows.append([str(role.words), str(one.organisation), _org_number(one.organisation), contact or "–"])
        elif role == STUDENT and one.outcome not in LEFT:
            unnamed = str(said.labels["people"]).format(number=number(one.head_count))
            name = str(one.person) if one.person else unnamed if one.head_count else "–"
            rows.append([str(role.words), name, "–", one.person.email if one.person and one.person.email else "–"])
    return rows


def name_of(part: Participation) -> str:
    """What to call whoever has a part: a dash for a person who has been erased (R5)."""
    if part.person_key is None:
        return str(part.organisation)
    return str(part.person or "–")


def _declared(activity: Activity) -> Kind:
    return registry.kind(activity.kind)


def _kind(activity: Activity) -> str:
    words = str(_declared(activity).words)
    return words[:1].lower() + words[1:]


def _organisations(parts: Sequence[Participation], activity: Activity, side: Side) -> list[str]:
    kind = _declared(activity)
    return list(
        dict.fromkeys(
            str(one.organisation)
            for one in parts
            if one.organisation and kind.role(one.role).side is side and kind.role(one.role).required
        )
    )


def _people(parts: Sequence[Participation], role: str) -> list[str]:
    return [str(one.person) for one in parts if one.role == role and one.person]


def _public(parts: Sequence[Participation]) -> list[str]:
    """The parties that the Freedom of Information Act applies to, as far as a register tells."""
    found = [one.organisation for one in parts if one.organisation and _is_public(one.organisation, one)]
    return list(dict.fromkeys(str(one) for one in found))


def _is_public(organisation: Organisation, part: Participation) -> bool:
    attributes = attributes_on(organisation, part.activity.starts)
    sector = attributes.sector if attributes else ""
    return organisation.form in PUBLIC_FORMS or sector.startswith(PUBLIC_SECTORS)


def _org_number(organisation: Organisation | None) -> str:
    return format_number(organisation.number) if organisation and organisation.number else "–"


def _day(day: date | None) -> str:
    """A date that is not broken over two lines."""
    return long_date(day).replace(" ", NO_BREAK_SPACE)


def _decimal(kept: Any) -> str:
    return number(Decimal(str(kept))) if kept else "–"

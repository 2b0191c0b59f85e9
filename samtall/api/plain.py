"""Things of the rooms as the schemas write them."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from samtall.activities import registry
from samtall.activities.facts import is_people
from samtall.activities.kind import Kind
from samtall.activities.models import Activity, Participation
from samtall.base.text import Words
from samtall.figures import queries as figures
from samtall.figures.models import FigureVersion
from samtall.figures.results import Result
from samtall.figures.sentences import sentences, unit_words
from samtall.inquiries.models import Inquiry
from samtall.ledger.facts import THOUSANDTHS
from samtall.ledger.queries import Line
from samtall.parties.models import Attributes, Organisation

PARTIES = ("participations__organisation__same_as__part_of__part_of", "participations__organisation__part_of__part_of")

_OF_INQUIRY = (
    "number", "state", "received_at", "due_on", "answered_at", "organisation_text", "municipality", "contact_name",
    "email", "phone", "reply_language", "kinds", "subjects", "description", "answers", "unit",
)  # fmt: skip


def plain_figure(version: FigureVersion, result: Result) -> dict[str, Any]:
    definition = figures.definition_of(version)
    return {
        "figure": version.figure.slug,
        "name": Words.from_dict(version.name).as_dict(),
        "unit": unit_words(definition, result.value),
        "counts": list(sentences(definition)),
        "period": str(result.period),
        "from_day": result.period.first,
        "to_day": result.period.last,
        "value": None if result.withheld else _number(result.value),
        "pending": None if result.withheld else _number(result.pending.value),
        "unidentified": result.unidentified,
        "lowest": None if result.withheld else _number(result.lowest.value),
        "highest": None if result.withheld else _number(result.highest.value),
        "activities": result.activities,
        "version": version.number,
        "position": result.position,
    }


def plain_organisation(organisation: Organisation) -> dict[str, Any]:
    """Give it with `attributes` prefetched."""
    rows: list[Attributes] = list(organisation.attributes.all())
    latest = max(rows, key=lambda row: row.valid_from, default=None)
    counted = organisation.counted
    return {
        "id": organisation.pk,
        "name": organisation.name,
        "number": organisation.number,
        "country": organisation.country,
        "register": organisation.register,
        "form": organisation.form,
        "municipality": latest.municipality if latest else "",
        "industry": latest.industry if latest else "",
        "industry_standard": latest.industry_standard if latest else "",
        "closed_on": organisation.closed_on,
        "counted_as": None if counted == organisation else counted.pk,
    }


def plain_activity(activity: Activity) -> dict[str, Any]:
    """Give it with `participations` (see PARTIES) and `evidence` prefetched."""
    plain: dict[str, Any] = {
        "id": activity.pk,
        "kind": activity.kind,
        "title": activity.title,
        "from_day": activity.starts,
        "to_day": activity.ends,
        "municipality": activity.municipality,
        "programme": activity.programme,
        "details": activity.details,
        "state": activity.state,
        "step": activity.step,
        "parts": [_plain_part(one) for one in _by_age(activity.participations.all())],
        "evidence": [{"kind": one.kind, "dated": one.dated} for one in _by_age(activity.evidence.all())],
    }
    return plain | {"etag": etag_of(plain)}


def etag_of(plain: dict[str, Any]) -> str:
    """The same as long as the activity says the same."""
    said = json.dumps(plain, sort_keys=True, default=str).encode()
    return hashlib.sha256(said).hexdigest()[:20]


def plain_inquiry(inquiry: Inquiry, seen: set[int]) -> dict[str, Any]:
    """Give it with its form, organisation and `handovers` read; `seen` are the activities that the reader may see."""
    return {name: getattr(inquiry, name) for name in _OF_INQUIRY} | {
        "form": inquiry.form.slug,
        "organisation": inquiry.organisation.counted.pk if inquiry.organisation else None,
        "activities": sorted({one.activity_id for one in inquiry.handovers.all()} & seen),
    }


def plain_kind(kind: Kind) -> dict[str, Any]:
    return {
        "code": kind.code,
        "name": kind.words.as_dict(),
        "roles": [role.code for role in kind.roles],
        "evidence": [str(one) for one in kind.evidence],
        "fields": [field.code for field in kind.fields],
    }


def plain_kinds() -> list[dict[str, Any]]:
    return [plain_kind(kind) for kind in registry.kinds()]


def plain_line(line: Line) -> dict[str, Any]:
    fact = line.fact
    return {
        "reverses": line.reverses,
        "kind": fact.kind,
        "role": fact.role,
        "organisation": fact.organisation,
        "person": fact.person is not None,
        "from_day": fact.starts,
        "to_day": fact.ends,
        "municipality": fact.municipality,
        "quantity": fact.quantity / THOUSANDTHS,
        "unit": fact.unit,
        "standing": str(fact.standing),
        "outcome": str(fact.outcome),
    }


def _plain_part(part: Participation) -> dict[str, Any]:
    written, counted = part.organisation, part.counted
    return {
        "role": part.role,
        "organisation": counted.pk if counted else None,
        "written_as": written.name if written and written != counted else "",
        "people": (part.head_count or 1) if is_people(part) else None,
        "quantity": None if part.quantity is None else part.quantity / THOUSANDTHS,
        "unit": part.unit,
        "outcome": part.outcome,
        "from_day": part.starts,
        "to_day": part.ends,
    }


def _by_age(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.pk)


def _number(value: int | Decimal) -> float:
    return value if isinstance(value, int) else float(value)


def day_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

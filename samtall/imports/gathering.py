"""Gathers rows to activities: rows that speak of the same activity are its parties, one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.activities.kind import Field, FieldType, Kind, PartyType, Role
from samtall.activities.models import Activity
from samtall.activities.vocabulary import EVIDENCE
from samtall.base.text import search_key
from samtall.imports import wording
from samtall.imports.columns import heading_key
from samtall.imports.drafts import PlannedActivity, PlannedPart
from samtall.imports.fields import DETAIL, HOURS
from samtall.imports.matching import Asked, How, Match, Matcher
from samtall.imports.people import PeopleOfActivity
from samtall.imports.problems import Level
from samtall.imports.rows import Notes, Row
from samtall.ledger import vocabulary
from samtall.ledger.facts import Side
from samtall.places.gazetteer import Gazetteer, is_code

State = Activity.State

#: What rows of one activity must agree on; further rows may leave it empty.
OF_THE_ACTIVITY = ("kind", "title", "starts", "ends", "municipality", "status", "programme")
NEEDED = ("kind", "title", "starts")
#: What a row says of where its organisation is, the surest first.
SAYS_WHERE = ("postal_place", "municipality")


@dataclass
class Gathering:
    """Gathers the rows of one spreadsheet, with what it needs to know while doing so."""

    notes: Notes
    matcher: Matcher
    duplicates: str  # "": ask; "skip" or "count"
    at: datetime
    places: Gazetteer
    kind: Kind | None = None  # of all rows, where no column says it
    _municipalities: dict[tuple[str, date], str | None] = field(default_factory=dict)
    _noted: set[str] = field(default_factory=set)
    _programmes: dict[str, str] = field(default_factory=lambda: vocabulary.meant_by("programme"))

    def gather(self, rows: Sequence[Row]) -> list[PlannedActivity]:
        """The activities that the rows speak of, in the order of their first rows."""
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            if self.kind is not None:
                row.values.setdefault("kind", self.kind)
            if not row.unread & {*NEEDED, "reference"}:
                groups.setdefault(self._key(row), []).append(row)
        planned = [self._activity(group) for group in groups.values()]
        self._tell_gathered()
        return [one for one in planned if one is not None]

    def _key(self, row: Row) -> tuple[Any, ...]:
        reference = row.text("reference")
        if reference:
            return ("reference", search_key(reference))
        kind = row.values.get("kind")
        if kind is not None and not kind.together:
            return ("row", row.number)  # such as a position: each row is one
        education = row.text("education_number") or search_key(row.text("education"))
        return (kind.code if kind else "", search_key(row.text("title")), row.values.get("starts"), education)

    def _activity(self, rows: Sequence[Row]) -> PlannedActivity | None:
        said = self._agreed(rows)
        missing = [code for code in NEEDED if code not in said]
        for code in missing:
            self.notes.add("I6", Level.ERROR, rows[0].number, code, _("The cell is empty."), _("Fill it in."))
        if missing:
            return None
        kind: Kind = said["kind"]
        details, taken_hours = self._details(kind, rows)
        planned = PlannedActivity(
            rows=[row.number for row in rows],
            kind=kind.code,
            title=said["title"],
            starts=said["starts"].isoformat(),
            ends=said["ends"].isoformat() if "ends" in said else None,
            municipality=self._municipality(said, rows),
            programme=self._programme(said, rows),
            details=details,
            state=said["status"].value if "status" in said else self._state_by_dates(said, kind).value,
            evidence=self._evidence(kind, rows),
        )
        people = PeopleOfActivity(self.notes, self.duplicates)
        for row in rows:
            self._add_parts(planned, kind, row, people, hours_are_taken=taken_hours)
        planned.kept = [kept for row in rows for kept in row.kept]
        return planned

    def _agreed(self, rows: Sequence[Row]) -> dict[str, Any]:
        """What the rows say of the activity itself, with an error where they differ."""
        said: dict[str, tuple[int, Any]] = {}
        for row in rows:
            for code in OF_THE_ACTIVITY:
                value = row.values.get(code)
                if value is None:
                    continue
                first_row, first = said.setdefault(code, (row.number, value))
                if _comparable(first) != _comparable(value):
                    self.notes.add(
                        "I6",
                        Level.ERROR,
                        row.number,
                        code,
                        _("Row %(row)d says “%(first)s” of the same activity, and this row says “%(value)s”.")
                        % {"row": first_row, "first": _shown(first), "value": _shown(value)},
                        _("Write the same in both rows, or give the activities different ids."),
                    )
        return {code: value for code, (_row, value) in said.items()}

    def _state_by_dates(self, said: dict[str, Any], kind: Kind) -> State:
        """Without a status, the dates decide: what has passed is completed, what has begun is running."""
        today = timezone.localdate(self.at)
        if said["starts"] > today:
            return State.PLANNED
        ends = said.get("ends") or (None if kind.ends_required else said["starts"])
        return State.COMPLETED if ends is not None and ends <= today else State.RUNNING

    def _municipality(self, said: dict[str, Any], rows: Sequence[Row]) -> str:
        text = said.get("municipality", "")
        if not text:
            return ""
        place = (text, said["starts"])
        if place not in self._municipalities:
            self._municipalities[place] = _code_of_place(self.places, *place)
        code = self._municipalities[place]
        if code is None and (code := self.places.code_of_any_year(text, said["starts"]) or None):
            row = next(row for row in rows if row.values.get("municipality"))
            meant = f"{code} {self.places.name_of_code(code)}"
            self.notes.understood(row.number, "municipality", text, meant)
        if code is None:
            row = next(row for row in rows if row.values.get("municipality"))
            self.notes.add(
                "I6",
                Level.ERROR,
                row.number,
                "municipality",
                _("There was no municipality “%(text)s” on %(day)s, or there were several.")
                % {"text": text, "day": f"{said['starts']:%d.%m.%Y}"},
                _("Write one of those that it was then: %(names)s.") % {"names": ", ".join(before)}
                if (before := self.places.became(text))
                else _("Write the name or the four-digit code it had on the first day."),
            )
        return code or ""

    def _programme(self, said: dict[str, Any], rows: Sequence[Row]) -> str:
        """The short name of the programme that is meant; what is no programme here stands beside the row."""
        text = said.get("programme", "")
        if not text or search_key(text) in self._programmes:
            return self._programmes.get(search_key(text), "")
        row = next(row for row in rows if row.values.get("programme"))
        row.keep("remark", text)
        if text not in self._noted:
            self._noted.add(text)
            self.notes.add(
                "I6",
                Level.WARNING,
                row.number,
                "programme",
                _("There is no programme “%(text)s” here. Rows are taken in without it.") % {"text": text},
                _("Write one of these: %(names)s.") % {"names": ", ".join(names)}
                if (names := sorted(set(self._programmes.values())))
                else "",
            )
        return ""

    def _details(self, kind: Kind, rows: Sequence[Row]) -> tuple[dict[str, Any], bool]:
        """What the kind declares, as plain data, and whether the column of hours belongs to it."""
        details: dict[str, Any] = {}
        declared = {DETAIL + one.code: one for one in kind.fields}
        hours = _field_called(kind.fields, self.notes.headings.get(self.notes.layout.column_of(HOURS.code), ""))
        if hours is not None and HOURS.code not in declared:
            declared[HOURS.code] = hours
        for row in rows:
            for code, value in row.values.items():
                if code in declared:
                    self._agree_on_detail(details, declared[code], code, value, row)
                elif code.startswith(DETAIL):
                    self.notes.gather("detail", row.number, code)
        for one in kind.fields:
            if one.type is FieldType.CHOICE and one.required and one.code not in details:
                _take_choice_from_kind(details, one, rows)
        return details, hours is not None

    def _agree_on_detail(self, details: dict[str, Any], declared: Field, code: str, value: Any, row: Row) -> None:
        plain = _plain(value)
        if details.setdefault(declared.code, plain) != plain:
            self.notes.add(
                "I6",
                Level.ERROR,
                row.number,
                code,
                _("Another row says “%(first)s” of the same activity, and this row says “%(value)s”.")
                % {"first": details[declared.code], "value": plain},
                _("Write the same in both rows, or give the activities different ids."),
            )

    def _evidence(self, kind: Kind, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """The distinct pieces of evidence (R15); the usual kind of evidence where a row does not say which."""
        found: list[dict[str, Any]] = []
        for row in rows:
            description = row.text("evidence")
            said = row.values.get("evidence_kind")
            if not description and said is None:
                continue
            evidence_kind = said or wording.evidence_kind_of(description)
            if evidence_kind is None:
                evidence_kind = kind.evidence[0]
                self.notes.gather(f"evidence|{evidence_kind.value}", row.number, "evidence")
            dated = row.values.get("evidence_date")
            one = {
                "kind": evidence_kind.value,
                "description": description or str(EVIDENCE[evidence_kind]),
                "dated": dated.isoformat() if dated else None,
            }
            if one not in found:
                found.append(one)
        return found

    def _add_parts(
        self, planned: PlannedActivity, kind: Kind, row: Row, people: PeopleOfActivity, *, hours_are_taken: bool
    ) -> None:
        said_role = self._role(kind, row)
        education = self._organisations(row, "education")
        organisations = self._organisations(row, "organisation")
        role = _first_role(kind, PartyType.ORGANISATION, Side.EDUCATION)
        if education and role is None:
            self.notes.gather("education", row.number, "education")
        elif role is not None:
            for one in education:
                _add_organisation(planned, PlannedPart(role.code, one.to_plain()))
        has_people = bool({"person", "email", "head_count"} & {*row.values})
        for one in organisations:
            self._add_outside(planned, kind, row, said_role, one, has_people=has_people)
        if has_people:
            role = _people_role(kind, said_role)
            if role is None:
                self.notes.gather("people", row.number, "person" if "person" in row.values else "head_count")
                return
            quantity = row.values.get("attended_hours", None if hours_are_taken else row.values.get("hours"))
            party = next(iter(education if role.side is Side.EDUCATION else organisations), None)
            part = PlannedPart(
                role.code,
                party.to_plain() if party else None,
                quantity=_quantity(role, "hour", quantity) or _quantity(role, "fte", row.values.get("fte")),
                outcome=row.values["outcome"].value if "outcome" in row.values else "taking_part",
                starts=self._attended_on(planned, row),
            )
            people.add(planned, part, role, row, party)

    def _add_outside(
        self,
        planned: PlannedActivity,
        kind: Kind,
        row: Row,
        said_role: Role | None,
        organisation: Match,
        *,
        has_people: bool,
    ) -> None:
        role = _organisation_role(kind, said_role)
        if role is None:
            if not has_people:
                self.notes.add(
                    "I6",
                    Level.ERROR,
                    row.number,
                    "organisation",
                    _("In “%(kind)s” organisations take part through their people, and the row names none.")
                    % {"kind": kind.words},
                    _("Write the participant's name, or how many took part."),
                )
            return
        quantity = _quantity(role, "fte", row.values.get("fte")) or _quantity(role, "hour", row.values.get("hours"))
        part = PlannedPart(role.code, organisation.to_plain(), quantity=quantity)
        if not _add_organisation(planned, part) and not has_people:
            self.notes.add(
                "I7",
                Level.WARNING,
                row.number,
                "organisation",
                _("“%(name)s” stands in an earlier row of the same activity.") % {"name": organisation.name},
                _("It is taken in once."),
            )

    def _role(self, kind: Kind, row: Row) -> Role | None:
        text = row.text("role")
        if not text:
            return None
        role = wording.role_of(text, kind)
        if role is None:
            self.notes.add(
                "I6",
                Level.ERROR,
                row.number,
                "role",
                _("“%(kind)s” has no role called “%(role)s”.") % {"kind": kind.words, "role": text[:40]},
                _("Use one of: %(roles)s.") % {"roles": ", ".join(str(one.words) for one in kind.roles)},
            )
        return role

    def _organisations(self, row: Row, code: str) -> list[Match]:
        """The organisations that a row names in one of its two places; what reads as a person is kept beside it."""
        number_code = f"{code}_number"
        asked = asked_in(row, code, self.places, timezone.localdate(self.at))
        if asked is None or {code, number_code} & row.unread:
            return []
        answer = self.matcher.match(asked)
        for one in answer.said:
            about = number_code if one.about == "number" else code
            if one.level is Level.WARNING and one.text in self._noted:
                continue  # of an organisation in many rows it is enough to say it once
            self._noted.add(one.text)
            self.notes.add("I6", one.level, row.number, about, one.text, one.advice)
        for match in answer.matches:
            if match.how is How.PERSON:
                row.keep("person", match.name)
        kept = [match for match in answer.matches if match.how is not How.PERSON]
        return [replace(match, row=row.number) if match.how is How.NOBODY else match for match in kept]

    def _attended_on(self, planned: PlannedActivity, row: Row) -> str | None:
        on = row.values.get("attended_on")
        if on is None:
            return None
        starts = date.fromisoformat(planned.starts)
        if on < starts:
            self.notes.add(
                "I6",
                Level.ERROR,
                row.number,
                "attended_on",
                _("The participant took part on %(on)s, before the activity began on %(starts)s.")
                % {"on": f"{on:%d.%m.%Y}", "starts": f"{starts:%d.%m.%Y}"},
                _("Correct one of the dates."),
            )
        return on.isoformat() if on > starts else None

    def _tell_gathered(self) -> None:
        self.notes.tell_understood()
        say = self.notes.say_gathered
        say(
            "detail",
            lambda count: (
                _("%(count)d cells here are not kept: their kind of activity does not record this.") % {"count": count},
                "",
            ),
        )
        say(
            "education",
            lambda count: (
                _("%(count)d rows name an education party where their kind has none. It is not kept.")
                % {"count": count},
                "",
            ),
        )
        say(
            "people",
            lambda count: (
                _("%(count)d rows name people where their kind counts none. They are not kept.") % {"count": count},
                "",
            ),
        )
        for kind, words in EVIDENCE.items():
            say(
                f"evidence|{kind.value}",
                lambda count, words=words: (  # type: ignore[misc]
                    _("%(count)d cells do not say what kind of documentation it is. It is taken to be: %(kind)s.")
                    % {"count": count, "kind": words},
                    _("Begin the text with the kind, such as “Agreement 16/1234”, if it is another."),
                ),
            )


def asked_in(row: Row, code: str, places: Gazetteer, today: date) -> Asked | None:
    """What a row asks of an organisation or an education party; None where it names none."""
    name, number = row.text(code), row.text(f"{code}_number")
    if not (name or number):
        return None
    if code != "organisation" or number:
        return Asked(name, number)
    municipality = next(filter(None, (_hint(places, row.text(code), today) for code in SAYS_WHERE)), "")
    hints = {hint: row.text(hint) for hint in ("postal_code", "address", "web")}
    return Asked(name, "", municipality, email=row.text("company_email"), on=row.values.get("starts"), **hints)


def _hint(places: Gazetteer, text: str, today: date) -> str:
    """The code today of what a row says of where an organisation is, in the words or the code of any year."""
    unknown = is_code(text) and not places.name_of_code(text)
    return text if unknown else places.code_of_any_year(text, today)


def _code_of_place(places: Gazetteer, text: str, day: date) -> str | None:
    municipality = places.named(text, day)
    if municipality is not None:
        return places.code_on(municipality, day)
    return text if is_code(text) and not places.name_of_code(text) else None


def _comparable(value: Any) -> Any:
    return search_key(value) if isinstance(value, str) else value


def _shown(value: Any) -> str:
    if isinstance(value, Kind):
        return str(value.words)
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)


def _plain(value: Any) -> Any:
    """A detail as JSON, in the form in which a person would write it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f").replace(".", ",")
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return str(value)


@lru_cache(maxsize=1000)
def _field_called(fields: tuple[Field, ...], heading: str) -> Field | None:
    key = heading_key(heading)
    if not key:
        return None
    for one in fields:
        if key in {heading_key(text) for text in (*one.words.as_dict().values(), *one.headings)}:
            return one
    return None


def _take_choice_from_kind(details: dict[str, Any], declared: Field, rows: Sequence[Row]) -> None:
    """ "Masteroppgave" says both the kind and its level."""
    said = search_key(rows[0].said_kind)
    for code, words in declared.choices:
        if said and any(search_key(word) in said for word in words.as_dict().values()):
            details[declared.code] = code
            return


def _first_role(kind: Kind, party: PartyType, side: Side) -> Role | None:
    fitting = [role for role in kind.roles if role.party is party and role.side is side]
    return next((role for role in fitting if role.required), fitting[0] if fitting else None)


def _organisation_role(kind: Kind, said: Role | None) -> Role | None:
    if said is not None and said.party is PartyType.ORGANISATION:
        return said
    return _first_role(kind, PartyType.ORGANISATION, Side.OUTSIDE)


def _people_role(kind: Kind, said: Role | None) -> Role | None:
    if said is not None and said.party is PartyType.PERSON:
        return said
    return next((role for role in kind.roles if role.party is PartyType.PERSON), None)


def _quantity(role: Role, unit: str, number: Any) -> str | None:
    return format(Decimal(number), "f") if number is not None and role.quantity_unit == unit else None


def _add_organisation(planned: PlannedActivity, part: PlannedPart) -> bool:
    """Add an organisation's part unless it has that role already; whether it was added."""
    for other in planned.parts:
        if other.role == part.role and other.head_count is None and other.person is None and _same(other, part):
            return False
    planned.parts.append(part)
    return True


def _same(one: PlannedPart, other: PlannedPart) -> bool:
    mine, theirs = one.organisation or {}, other.organisation or {}
    return mine.get("key") == theirs.get("key") and mine.get("establishment") == theirs.get("establishment")

"""Rows that look like an activity already in the books, or like another row: shared work counts once (R10)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz

from samtall.activities.models import Activity, Participation
from samtall.base.text import search_key
from samtall.imports.drafts import PlannedActivity, PlannedPart
from samtall.imports.matching import in_batches

AT_ONCE = 500
#: How alike two titles must be, in percent, where they share an organisation, and where they do not.
ALIKE, VERY_ALIKE = 60, 88
#: Lists date the same work by its start, its contract or its report.
LEEWAY = timedelta(days=31)


@dataclass(frozen=True)
class Side:
    """What two activities are compared by."""

    kind: str
    title: str
    starts: date
    ends: date
    municipality: str
    parties: frozenset[str]  # outside organisations, as Match.key
    people: frozenset[str] = frozenset()  # search names

    def differs(self, other: "Side") -> bool:
        """Whether something tells them apart for certain: numbers in the titles, or who took part."""
        mine, theirs = _numbers(self.title), _numbers(other.title)
        return bool(
            (mine and theirs and mine != theirs) or (self.people and other.people and not self.people & other.people)
        )

    def resembles(self, other: "Side") -> bool:
        """Whether the two may be the same work, told by two lists."""
        if self.kind != other.kind or self.starts > other.ends + LEEWAY or other.starts > self.ends + LEEWAY:
            return False
        if self.differs(other):
            return False
        alike = fuzz.token_set_ratio(self.title, other.title)
        if self.parties & other.parties:
            return bool(alike >= ALIKE)
        one_place = not (self.municipality and other.municipality) or self.municipality == other.municipality
        return bool(alike >= VERY_ALIKE and one_place and not (self.parties and other.parties))


@dataclass(frozen=True)
class Likely:
    """An activity in the books (`activity`) or an earlier row (`row`) that a planned activity may be the same as."""

    title: str
    starts: date
    activity: int = 0
    row: int = 0


def _numbers(title: str) -> list[str]:
    return re.findall(r"\d+", title)


def side_of(planned: PlannedActivity, schools: frozenset[str]) -> Side:
    """A planned activity; `schools` are the roles of education parties."""
    starts = date.fromisoformat(planned.starts)
    ends = date.fromisoformat(planned.ends) if planned.ends else starts
    parties = {
        part.organisation["key"]
        for part in planned.parts
        if part.organisation and part.person is None and part.head_count is None and part.role not in schools
        if "nobody" not in part.organisation  # one unknown is not the other
    }
    people = frozenset(search_key(part.person["name"]) for part in planned.parts if part.person)
    return Side(planned.kind, search_key(planned.title), starts, ends, planned.municipality, frozenset(parties), people)


def likely_in_books(planned: Sequence[PlannedActivity], schools: frozenset[str]) -> dict[int, Likely]:
    """By its first row, the activity in the books that a planned one most likely is."""
    sides = [side_of(one, schools) for one in planned]
    by_party, by_kind = _recorded(sides, schools)
    found: dict[int, Likely] = {}
    for one, side in zip(planned, sides, strict=True):
        candidates = {pk: by_party[party][pk] for party in side.parties for pk in by_party.get(party, {})}
        if not side.parties:
            candidates |= by_kind.get(side.kind, {})
        resembling = [(pk, other) for pk, other in candidates.items() if side.resembles(other)]
        if resembling:
            pk, other = max(resembling, key=lambda each: (fuzz.token_set_ratio(side.title, each[1].title), -each[0]))
            found[one.rows[0]] = Likely(other.title, other.starts, activity=pk)
    return found


def likely_in_file(planned: Sequence[PlannedActivity], schools: frozenset[str]) -> dict[int, Likely]:
    """By its first row, the earlier activity of the same spreadsheet that a planned one most likely is."""
    seen: dict[tuple[str, str], list[tuple[PlannedActivity, Side]]] = defaultdict(list)
    found: dict[int, Likely] = {}
    for one in planned:
        side = side_of(one, schools)
        earlier = [pair for party in side.parties for pair in seen[side.kind, party]]
        for other, its in earlier:
            alike = fuzz.ratio(side.title, its.title) >= VERY_ALIKE  # one hand writes many titles that resemble
            if side.title != its.title and alike and side.resembles(its):
                found[one.rows[0]] = Likely(other.title, its.starts, row=other.rows[0])
                break
        for party in side.parties:
            seen[side.kind, party].append((one, side))
    return found


def _recorded(
    sides: Sequence[Side], schools: frozenset[str]
) -> tuple[dict[str, dict[int, Side]], dict[str, dict[int, Side]]]:
    """Activities in the books by the key of an outside party, and by kind for those that are asked for without one."""
    by_party: dict[str, dict[int, Side]] = defaultdict(dict)
    by_kind: dict[str, dict[int, Side]] = defaultdict(dict)
    if not sides:
        return by_party, by_kind
    first, last = min(side.starts for side in sides) - LEEWAY, max(side.ends for side in sides) + LEEWAY
    kinds = {side.kind for side in sides}
    near = Activity.objects.filter(kind__in=kinds, starts__lte=last).exclude(step=Activity.Step.WITHDRAWN)
    near = near.filter(Q(ends__isnull=True) | Q(ends__gte=first))
    pks = set(_taking_part(near, sides)) | set(_without_party(near, sides))
    for some in in_batches(sorted(pks), AT_ONCE):
        activities = Activity.objects.filter(pk__in=some).prefetch_related(
            "participations__organisation__same_as__part_of",
            "participations__organisation__part_of",
            "participations__person",
        )
        for activity in activities:
            side = _side(activity, schools)
            by_kind[side.kind][activity.pk] = side
            for party in side.parties:
                by_party[party][activity.pk] = side
    return by_party, by_kind


def _taking_part(near: Any, sides: Sequence[Side]) -> Iterator[int]:
    organisations = sorted({int(key[3:]) for side in sides for key in side.parties if key.startswith("id:")})
    for some in in_batches(organisations, AT_ONCE):
        counted = Q(organisation__in=some) | Q(organisation__same_as__in=some) | Q(organisation__part_of__in=some)
        yield from Participation.objects.filter(counted, activity__in=near).values_list("activity_id", flat=True)


def _without_party(near: Any, sides: Sequence[Side]) -> Iterator[int]:
    kinds = {side.kind for side in sides if not side.parties}
    if kinds:
        yield from near.filter(kind__in=kinds).values_list("pk", flat=True)


def _side(activity: Activity, schools: frozenset[str]) -> Side:
    parts = [one for one in activity.participations.all() if one.role not in schools and one.person_key is None]
    counted = [one.counted for one in parts if one.counted and one.head_count is None]
    parties = frozenset(f"id:{one.pk}" if one.identified else f"name:{one.search_name}" for one in counted)
    last = activity.ends or date.max - LEEWAY
    named = [one.person for one in activity.participations.all() if one.person is not None]
    people = frozenset(one.search_name for one in named)
    return Side(activity.kind, activity.search_title, activity.starts, last, activity.municipality, parties, people)


def merge(into: PlannedActivity, other: PlannedActivity) -> None:
    """Let one planned activity take what another row says of the same work beyond it."""
    for part in other.parts:
        if not any(same_part(part, mine) for mine in into.parts):
            into.parts.append(part)
    into.evidence += [one for one in other.evidence if one not in into.evidence]
    into.details = {**other.details, **into.details}
    into.rows = sorted({*into.rows, *other.rows})
    into.kept = [*into.kept, *other.kept]


def same_part(one: PlannedPart, other: PlannedPart) -> bool:
    """Whether two parts are one and the same told twice: for people who are counted, whatever their number."""
    if one.role != other.role or (one.person is None) != (other.person is None):
        return False
    mine, theirs = _key(one.organisation), _key(other.organisation)
    if one.person is not None and other.person is not None:
        email, name = one.person["email"].casefold(), search_key(one.person["name"])
        return bool(email and email == other.person["email"].casefold()) or name == search_key(other.person["name"])
    return mine == theirs and (one.head_count is None) == (other.head_count is None)


def _key(organisation: Mapping[str, Any] | None) -> str:
    return str((organisation or {}).get("key", ""))


def roles_of_schools(kinds: Iterable[Any]) -> frozenset[str]:
    """The roles of education parties in these kinds."""
    return frozenset(role.code for kind in kinds for role in kind.roles if role.side == "education")

"""What a spreadsheet would become: rows gathered to activities, each checked as if it were recorded, nothing saved."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import registry
from samtall.activities.kind import Kind
from samtall.activities.models import Activity
from samtall.activities.operations import Incomplete, Invalid
from samtall.activities.operations.whole import check_whole
from samtall.base.errors import Refusal
from samtall.base.text import search_key
from samtall.imports.answers import Answers
from samtall.imports.cells import Workbook
from samtall.imports.columns import Layout, problems_of
from samtall.imports.drafts import PlannedActivity, PlannedPart, whole_of
from samtall.imports.fields import DETAIL, HOURS
from samtall.imports.gathering import Gathering, asked_in
from samtall.imports.matching import Asked, How, Match, Matcher, in_batches
from samtall.imports.people import ask
from samtall.imports.problems import Level, Problem
from samtall.imports.references import without_kept
from samtall.imports.rows import Notes, Row, read_rows
from samtall.imports.settling import Overlap, settled
from samtall.parties.models import Establishment, Organisation, Person
from samtall.places.gazetteer import Gazetteer


@dataclass
class Plan:
    """What will become what, and everything that is wrong or noteworthy, worst first."""

    activities: list[PlannedActivity] = field(default_factory=list)
    left_out: list[PlannedActivity] = field(default_factory=list)  # here already, or asked about
    organisations: list[Match] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    digest: str = ""  # of what the rows say, whatever their order and the kind of file
    overlaps: list[Overlap] = field(default_factory=list)  # not answered

    @property
    def blocked(self) -> bool:
        """Whether something must be put right or answered before anything is saved."""
        return self.count(Level.ERROR) + self.count(Level.QUESTION) > 0 or not self.activities

    @property
    def parts(self) -> int:
        return sum(len(one.parts) for one in self.activities)

    @property
    def new_organisations(self) -> list[Match]:
        return [one for one in self.organisations if one.how is How.NEW]

    @property
    def unidentified(self) -> list[Match]:
        return [one for one in self.organisations if one.how in (How.UNIDENTIFIED, How.NOBODY)]

    @property
    def doubts(self) -> list[Match]:
        return [one for one in self.organisations if one.how is How.DOUBT]

    @property
    def found_organisations(self) -> list[Match]:
        return [one for one in self.organisations if one.found]

    @property
    def drafts(self) -> int:
        """How many will wait as drafts: not started, cancelled, or lacking a party."""
        return sum(not one.submit or one.state in NOT_BEGUN for one in self.activities)

    @property
    def joined(self) -> int:
        """How many are added to an activity that is in the books."""
        return sum(one.joins is not None for one in self.activities)

    @property
    def without_evidence(self) -> int:
        return sum(not one.evidence for one in self.activities)

    def count(self, level: Level) -> int:
        return sum(problem.level is level for problem in self.problems)

    def summary(self) -> list[tuple[str, int]]:
        """What the plan comes to, in numbers with their words."""
        return [
            (_("rows"), self.rows),
            (_("new activities"), len(self.activities) - self.joined),
            (_("added to activities that are here already"), self.joined),
            (_("of them drafts: not started, cancelled, or lacking a party"), self.drafts),
            (_("of them without documentation: cannot be approved yet"), self.without_evidence),
            (_("left out: here already, or asked about"), len(self.left_out)),
            (_("parts in activities"), self.parts),
            (_("organisations found"), len(self.found_organisations)),
            (_("new organisations, by number and name"), len(self.new_organisations)),
            (_("organisations in doubt, with candidates"), len(self.doubts)),
            (_("unidentified organisations, by name only"), len(self.unidentified)),
        ]


NOT_BEGUN = (Activity.State.PLANNED.value, Activity.State.CANCELLED.value)


def make_plan(
    workbook: Workbook,
    layout: Layout,
    *,
    duplicates: str = "",
    answers: Answers | None = None,
    by: User,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """The plan for a workbook. `duplicates` is the answer to what may be there twice: "skip", "count", or "" to ask.

    `progress` is told now and then how many of how many rows it has come past.
    """
    column_problems = problems_of(workbook, layout)
    if any(problem.level is Level.ERROR for problem in column_problems):
        return Plan(problems=column_problems)
    answers = answers or Answers()
    rows, notes = read_rows(workbook, layout, answers, at=at)
    places = Gazetteer.whole()
    matcher = Matcher(_asked(rows, places, timezone.localdate(at)), answers.organisations)
    kind = registry.kind(layout.kind) if layout.kind else None
    digest = digest_of(rows, layout)
    planned = Gathering(notes, matcher, duplicates, at, places, kind).gather(rows)
    planned, kept_elsewhere = without_kept(planned, notes)
    planned, left_out = _without_known(planned, notes, duplicates)
    repeats = {one.row for one in notes.problems if one.code == "I7"}  # which are asked about already
    planned, overlaps = settled(planned, notes, answers.overlaps, except_rows=repeats)
    _check(_told(planned, len(rows), progress), matcher, notes, by=by, at=at, places=places)
    if not rows:
        notes.add("I5", Level.ERROR, layout.header_row, "", _("There are no rows under the headings."))
    problems = sorted([*column_problems, *notes.problems], key=lambda one: (one.level, one.row, one.column))
    return Plan(planned, [*kept_elsewhere, *left_out], matcher.matches(), problems, len(rows), digest, overlaps)


def _told(
    planned: Iterable[PlannedActivity], rows: int, progress: Callable[[int, int], None] | None
) -> Iterator[PlannedActivity]:
    """The same activities, telling about each as it is taken."""
    done = 0
    for one in planned:
        yield one
        done += len(one.rows)
        if progress is not None:
            progress(done, rows)


def digest_of(rows: Iterable[Row], layout: Layout) -> str:
    """A fingerprint of what the rows say, the same whatever their order, the file's name and its kind."""
    lines = sorted(json.dumps([layout.kind, *sorted(_canonical(row.values))]) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _canonical(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for code, value in values.items():
        if isinstance(value, Kind):
            yield code, value.code
        elif isinstance(value, date):
            yield code, value.isoformat()
        elif code.startswith(DETAIL):
            yield code, str(value).replace(".", ",").removesuffix(",0")
        else:
            yield code, str(value.normalize() if hasattr(value, "normalize") else value)


def _asked(rows: Iterable[Row], places: Gazetteer, today: date) -> list[Asked]:
    """What each row asks, as often as it is asked."""
    found = (asked_in(row, code, places, today) for row in rows for code in ("organisation", "education"))
    return [asked for asked in found if asked is not None]


def _without_known(
    planned: Sequence[PlannedActivity], notes: Notes, duplicates: str
) -> tuple[list[PlannedActivity], list[PlannedActivity]]:
    """Separate the activities that are in the database or earlier in the file already (I7)."""
    known = _recorded(planned)
    earlier: dict[tuple[str, ...], int] = {}
    kept: list[PlannedActivity] = []
    left_out: list[PlannedActivity] = []
    for one in planned:
        key = _identity(one)
        organisations = {part.organisation["key"] for part in one.parts if part.organisation}
        recorded = next((was for was in known.get(key, []) if not was.others or was.others & organisations), None)
        in_file = (*key, *sorted(_party(part) for part in one.parts))
        first = earlier.setdefault(in_file, one.rows[0])
        leave = False
        if recorded is not None:
            text = _("“%(title)s” was recorded %(day)s and is here already, with the same kind and first day.") % {
                "title": one.title,
                "day": f"{recorded.at:%d.%m.%Y}",
            }
            leave = ask(notes, duplicates, one.rows[0], "title", text)
            one.joins = recorded.activity if leave else None
        elif first != one.rows[0]:
            text = _("“%(title)s” stands in row %(row)d too, with the same day and parties.") % {
                "title": one.title,
                "row": first,
            }
            leave = ask(notes, duplicates, one.rows[0], "title", text)
        (left_out if leave else kept).append(one)
    return kept, left_out


@dataclass(frozen=True)
class Recorded:
    """An activity in the database: when it was recorded, and which organisations take part."""

    activity: int
    at: datetime
    others: frozenset[str]


def _party(part: PlannedPart) -> str:
    """A part without what may be written in several ways."""
    who = (part.organisation or {}).get("key", "")
    return str((part.role, who, part.person, part.head_count, part.quantity, part.outcome, part.starts))


def _key_of(organisation: Organisation) -> str:
    """As `Match.key` has it."""
    known = organisation.identified
    return f"id:{organisation.pk}" if known else f"name:{organisation.search_name}"


def _identity(one: PlannedActivity) -> tuple[str, ...]:
    return (one.kind, search_key(one.title), one.starts)


def _recorded(planned: Sequence[PlannedActivity]) -> dict[tuple[str, ...], list[Recorded]]:
    titles = sorted({search_key(one.title) for one in planned})
    known: dict[tuple[str, ...], list[Recorded]] = {}
    for some in in_batches(titles, 500):
        found = (
            Activity.objects.filter(search_title__in=some)
            .exclude(step=Activity.Step.WITHDRAWN)
            .prefetch_related("participations__organisation__same_as__part_of", "participations__organisation__part_of")
        )
        for activity in found:
            key = (activity.kind, activity.search_title, activity.starts.isoformat())
            others = frozenset(_key_of(one.counted) for one in activity.participations.all() if one.counted)
            known.setdefault(key, []).append(Recorded(activity.pk, timezone.localtime(activity.recorded_at), others))
    return known


class StandIns:
    """Parties as they would be, so that activities can be checked before anything is saved."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self._here = {one.organisation.pk: one.organisation for one in matches if one.organisation is not None}
        self._sites = {one.establishment.pk: one.establishment for one in matches if one.establishment is not None}
        self._new: dict[str, Organisation] = {}

    def organisation(self, plain: Mapping[str, Any]) -> tuple[Organisation, Establishment | None]:
        if "id" in plain:
            return self._here[plain["id"]], self._sites.get(plain.get("establishment", 0))
        key = plain["key"]
        if key not in self._new:
            self._new[key] = Organisation(pk=-len(self._new) - 1, name=plain["name"], number=plain.get("number", ""))
        return self._new[key], None

    def person(self, plain: Mapping[str, Any], organisation: Organisation | None) -> Person:
        return Person(pk=-1, name=plain["name"], organisation=organisation)


def _check(
    planned: Iterable[PlannedActivity], matcher: Matcher, notes: Notes, *, by: User, at: datetime, places: Gazetteer
) -> None:
    """Say of each activity what recording it would refuse; one that lacks a party becomes a draft."""
    parties = StandIns(matcher.all_matches())
    faulty = {problem.row for problem in notes.problems if problem.level is Level.ERROR}
    for one in planned:
        if not faulty.isdisjoint(one.rows):
            continue  # what is missing may be what could not be read
        try:
            check_whole(whole_of(one, parties, origin=""), by=by, at=at, places=places)
        except Incomplete as incomplete:
            one.submit = False
            text = _("Recorded as a draft: %(shortfalls)s") % {"shortfalls": " ".join(incomplete.shortfalls)}
            notes.add("I6", Level.WARNING, one.rows[0], "title", text)
        except Invalid as invalid:
            for name, text in invalid.errors.items():
                notes.add("I6", Level.ERROR, one.rows[0], _column_code(name, notes.layout), text)
        except Refusal as refusal:
            notes.add("I6", Level.ERROR, one.rows[0], "status", str(refusal))


def _column_code(name: str, layout: Layout) -> str:
    """The column that a field of an activity or a detail of its kind came from."""
    held = set(layout.columns.values())
    if DETAIL + name in held:
        return DETAIL + name
    if name in held:
        return name
    return HOURS.code if name == "hours" else "title"

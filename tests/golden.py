"""The golden example of how Samtall counts, recorded through the rooms' own operations: eight items and five parties.

Reporting year 2017. A, B and C are Norwegian companies (B merged into A on 1 July 2017), D is foreign with an id, E has
none. Item 6 is an inquiry and is never recorded; item 8 is cancelled before it starts.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.parties import operations as parties
from samtall.parties.models import Organisation, Person

RECORDED = datetime(2018, 1, 8, 9, 0, tzinfo=UTC)
VALIDATED = datetime(2018, 1, 9, 9, 0, tzinfo=UTC)
MERGED = date(2017, 7, 1)


@dataclass
class Golden:
    """What was recorded: organisations by letter, activities by item number (3 and 4 are one course)."""

    college: Organisation
    parties: dict[str, Organisation]
    activities: dict[int, Activity] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def record_golden(*, coordinator: User, validator: User) -> Golden:
    """Record the eight items; the coordinator sends in, the validator validates."""
    golden = Golden(college=_organisation("Høgskolen", "313000001"), parties=_parties())
    scribe = _Scribe(golden, coordinator)
    golden.activities = {
        1: scribe.thesis("A", "bachelor", date(2017, 1, 10), date(2017, 6, 20)),
        2: scribe.innovation_project("B", date(2017, 2, 6), date(2017, 5, 19)),
        3: scribe.course(date(2017, 3, 3)),
        5: scribe.guest_lecture("D", date(2017, 10, 4)),
        7: scribe.thesis("A", "master", date(2016, 8, 15), date(2017, 6, 1)),
        8: scribe.cancelled_placement("C", date(2017, 9, 1)),
    }
    golden.activities[4] = golden.activities[3]
    counted = [golden.activities[number] for number in (1, 2, 3, 5, 7)]
    for activity in counted:
        activities.submit(activity, by=coordinator, at=RECORDED)
    for activity in counted:
        activities.validate(activity, by=validator, at=VALIDATED)
    merged = golden.parties
    activities.record_succession(merged["B"], merged["A"], on=MERGED, cause="merger", by=coordinator, at=RECORDED)
    return golden


def _parties() -> dict[str, Organisation]:
    return {
        "A": _organisation("A AS", "313000028"),
        "B": _organisation("B AS", "313000036"),
        "C": _organisation("C AS", "313000044"),
        "D": parties.add_foreign("D AB", country="SE", register="bolagsverket", number="556000-0001", at=RECORDED),
        "E": parties.add_unidentified("E", at=RECORDED),
    }


def _organisation(name: str, number: str) -> Organisation:
    return parties.add_organisation(name, number=number, at=RECORDED)


class _Scribe:
    """Records an item as the coordinator would."""

    def __init__(self, golden: Golden, coordinator: User) -> None:
        self.golden, self.by = golden, coordinator

    def thesis(self, letter: str, level: str, starts: date, ends: date) -> Activity:
        activity = self._record("thesis", starts, ends, details={"level": level})
        self._part(activity, "host", organisation=self.golden.parties[letter])
        return self._with_college(activity, "agreement")

    def innovation_project(self, letter: str, starts: date, ends: date) -> Activity:
        activity = self._record("innovation_project", starts, ends)
        self._part(activity, "client", organisation=self.golden.parties[letter])
        return self._with_college(activity, "agreement")

    def guest_lecture(self, letter: str, day: date) -> Activity:
        activity = self._record("guest_lecture", day, day)
        self._part(activity, "lecturer", organisation=self.golden.parties[letter])
        return self._with_college(activity, "confirmation")

    def course(self, day: date) -> Activity:
        activity = self._record("course", day, day, details={"hours": "8"})
        for name, letter, hours in (("Anna", "B", 8), ("Bo", "B", 0), ("Cato", "C", 8)):
            person = parties.add_person(name, organisation=self.golden.parties[letter])
            self.golden.people[name] = person
            self._part(activity, "participant", person=person, quantity=hours)
        return self._with_college(activity, "attendance_list", role="provider")

    def cancelled_placement(self, letter: str, starts: date) -> Activity:
        activity = self._record("placement", starts, None, state="planned")
        self._part(activity, "host", organisation=self.golden.parties[letter])
        self._with_college(activity, "agreement")
        return activities.cancel(activity, on=date(2017, 8, 20), by=self.by, at=RECORDED)

    def _record(
        self,
        kind: str,
        starts: date,
        ends: date | None,
        *,
        state: str = "completed",
        details: dict[str, str] | None = None,
    ) -> Activity:
        return activities.record(
            kind, title=kind, starts=starts, ends=ends, details=details, state=state, by=self.by, at=RECORDED
        )

    def _part(self, activity: Activity, role: str, **who: object) -> None:
        activities.add_participation(activity, role=role, by=self.by, at=RECORDED, **who)  # type: ignore[arg-type]

    def _with_college(self, activity: Activity, evidence: str, *, role: str = "institution") -> Activity:
        self._part(activity, role, organisation=self.golden.college)
        activities.add_evidence(activity, kind=evidence, description="2018/17", by=self.by, at=RECORDED)
        return activity

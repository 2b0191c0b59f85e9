"""What was written in the books on which day: events are gathered first, and then happen in the order of time.

The coordinator records every other Wednesday, and the validator goes through what has come in two days later.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.activities.operations import WholeActivity

OSLO = ZoneInfo("Europe/Oslo")
#: Nothing is written after this day: the demonstration is a region as it stood then.
LAST_DAY = date(2018, 12, 28)
WEDNESDAY, FRIDAY = 2, 4

Event = Callable[[datetime], object]
Change = Callable[[Activity, datetime], object]


@dataclass(eq=False)
class Told:
    """An activity that is going to be recorded."""

    whole: WholeActivity
    day: date
    recorded: Activity | None = None

    @property
    def activity(self) -> Activity:
        """The activity; LookupError before its day has come."""
        if self.recorded is None:
            raise LookupError(self.whole.title)
        return self.recorded


@dataclass
class Diary:
    """The events to come. The coordinator records, the validator validates."""

    coordinator: User
    validator: User
    chance: Random
    events: list[tuple[datetime, int, Event]] = field(default_factory=list)
    recordings: dict[date, list[Told]] = field(default_factory=dict)
    validations: dict[date, list[Told]] = field(default_factory=dict)

    def on(self, day: date, event: Event) -> None:
        """Let something happen on a day, or on the Monday after it; nothing happens after the last day."""
        if day.weekday() > FRIDAY:
            day += timedelta(days=7 - day.weekday())
        self._at(day, time(10 + self.chance.randint(0, 3), self.chance.randint(0, 59)), event)

    def record(self, whole: WholeActivity, *, on: date) -> Told:
        """Record an activity within two weeks of a day, and send it in when it says so and has begun."""
        day = _first(WEDNESDAY, on)
        told = Told(whole, day)
        if day not in self.recordings:
            self.recordings[day] = []
            self._at(day, time(9), lambda at: self._record(self.recordings[day], at))
        self.recordings[day].append(told)
        return told

    def then(self, told: Told, *, on: date, change: Change) -> None:
        """Let something happen to an activity, two weeks or more after it was to be recorded."""
        self.on(on, lambda at: change(told.activity, at))

    def validate(self, told: Told, *, on: date) -> None:
        """Have it validated within two weeks of a day, after it was recorded."""
        day = _first(FRIDAY, max(on, told.day))
        if day not in self.validations:
            self.validations[day] = []
            self._at(day, time(14), lambda at: self._validate(self.validations[day], at))
        self.validations[day].append(told)

    def complete(self, told: Told, *, ended: date, on: date) -> None:
        """Say that it ended, and have that validated within a few weeks."""
        self.then(
            told,
            on=on,
            change=lambda activity, at: operations.complete(activity, on=ended, by=self.coordinator, at=at),
        )
        self.validate(told, on=on + timedelta(days=self.chance.randint(5, 25)))

    def happen(self) -> None:
        """Let everything happen."""
        for at, _order, event in sorted(self.events, key=lambda one: one[:2]):
            event(at)

    def _at(self, day: date, clock: time, event: Event) -> None:
        if day <= LAST_DAY:
            self.events.append((datetime.combine(day, clock, tzinfo=OSLO), len(self.events), event))

    def _record(self, several: list[Told], at: datetime) -> None:
        for told in several:
            told.recorded = operations.record_whole(told.whole, by=self.coordinator, at=at, restate=False)
        activities = [told.activity for told in several]
        operations.restate_activities(activities, by=self.coordinator, at=at, reason="recorded")

    def _validate(self, several: list[Told], at: datetime) -> None:
        operations.validate_many([told.activity for told in several], by=self.validator, at=at)


def _first(weekday: int, day: date) -> date:
    """The first such day of an even week from a day on."""
    day += timedelta(days=(weekday - day.weekday()) % 7)
    return day if day.isocalendar().week % 2 == 0 else day + timedelta(days=7)

"""Proposals for the spring of 2019, as they stood when the autumn ended: some ready, some lacking this or that."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.agreements import operations as agreements
from samtall.agreements.wording import signing_parts
from samtall.confirmations import operations as confirmations
from samtall.demonstration import titles
from samtall.demonstration.cast import Cast, Casting
from samtall.demonstration.diary import Diary
from samtall.parties.models import Organisation

Change = Callable[[int, datetime], None]

FIRST, LAST = date(2019, 1, 8), date(2019, 6, 14)


@dataclass(frozen=True)
class Story:
    """How far a proposal came in the autumn: each part is the number of days after it was proposed, or never."""

    proposed: date
    supervised: int | None = None
    decided: int | None = None
    yes: bool = True
    staffed: int | None = None
    agreed: int | None = None
    signatures: int = 0


#: Rights and confidentiality of the first agreements.
RIGHTS = (("students", "none"), ("licence", "until"), ("transfer", "secret"))

STORIES = (
    Story(date(2018, 9, 4), supervised=10, decided=20, staffed=40, agreed=60, signatures=4),
    Story(date(2018, 9, 11), supervised=14, decided=21, staffed=50, agreed=70, signatures=1),
    Story(date(2018, 9, 25), supervised=9, decided=30, staffed=33, agreed=80),
    Story(date(2018, 10, 2), supervised=12, decided=28),
    Story(date(2018, 10, 9), supervised=21, decided=35),
    Story(date(2018, 10, 16), supervised=14, decided=16, yes=False),
    Story(date(2018, 10, 23), supervised=20),
    Story(date(2018, 11, 6), staffed=10),
    Story(date(2018, 11, 20)),
)


@dataclass
class ComingSeason:
    """Writes the proposals into the diary."""

    diary: Diary
    cast: Cast
    casting: Casting
    proposals: dict[int, Activity] = field(default_factory=dict)

    def write(self) -> None:
        hosts = self.cast.within("0821", "0819")[60:]
        for number, story in enumerate(STORIES):
            self.later(number, 0, partial(self.propose, hosts[number]))
            self.later(number, story.supervised, self.supervise)
            self.later(number, story.decided, self.decide)
            self.later(number, story.staffed, self.staff)
            self.later(number, story.agreed, self.agree)
        self.diary.on(date(2018, 9, 12), self.confirm)

    def later(self, number: int, days: int | None, change: Change) -> None:
        if days is not None:
            on = STORIES[number].proposed + timedelta(days=days)
            self.diary.on(on, lambda at: change(number, at))

    def propose(self, host: Organisation, number: int, at: datetime) -> None:
        said: dict[str, Any] = {"by": self.diary.coordinator, "at": at}
        proposal = operations.propose(
            "thesis",
            title=titles.PROPOSALS[number],
            starts=FIRST,
            ends=LAST,
            municipality=self.cast.home(host),
            details={"level": "bachelor"},
            **said,
        )
        operations.add_participation(proposal, role="host", organisation=host, **said)
        operations.add_participation(proposal, role="institution", organisation=self.cast.college, **said)
        self.proposals[number] = proposal

    def supervise(self, number: int, at: datetime) -> None:
        supervisor = self.casting.employee(self.cast, self.cast.college, number % 3)
        operations.add_participation(
            self.proposals[number], role="supervisor", person=supervisor, by=self.diary.coordinator, at=at
        )

    def decide(self, number: int, at: datetime) -> None:
        yes = STORIES[number].yes
        text = "" if yes else "Oppgaven er for stor for en bacheloroppgave. Del den, og foreslå den på nytt."
        operations.tell(
            self.proposals[number], "approved", on=at.date(), yes=yes, text=text, by=self.diary.coordinator, at=at
        )

    def staff(self, number: int, at: datetime) -> None:
        for student in self.cast.students[number * 2 : number * 2 + 2]:
            operations.add_participation(
                self.proposals[number], role="student", person=student, by=self.diary.coordinator, at=at
            )

    def agree(self, number: int, at: datetime) -> None:
        """An agreement is drawn up; where somebody has signed, it has also been sent."""
        said: dict[str, Any] = {"by": self.diary.coordinator, "at": at}
        rights, confidentiality = RIGHTS[number]
        agreement = agreements.draw_up(
            self.proposals[number],
            language="nb",
            rights=rights,
            confidentiality=confidentiality,
            confidential_until=date(2020, 6, 30) if confidentiality == "until" else None,
            place="Hos virksomheten og på studiestedet",
            supervision_hours=20,
            **said,
        )
        signatures = STORIES[number].signatures
        if signatures:
            agreements.mark_sent(agreement, on=at.date(), **said)
        for part in signing_parts(self.proposals[number])[:signatures]:
            agreements.sign(agreement, part, on=at.date(), **said)

    def confirm(self, at: datetime) -> None:
        """The hosts of three theses of the spring are asked to confirm: one does, one does not agree, one is silent."""
        spring = Activity.objects.filter(kind="thesis", state="completed", starts__year=2018).order_by("pk")
        asked = [
            confirmations.ask(
                thesis.participations.select_related("activity").filter(role="host")[0],
                address=f"post-{number}@bedrift.example",
                language="nb",
                by=self.diary.coordinator,
                at=at,
            )
            for number, thesis in enumerate(spring[:3], start=1)
        ]
        confirmations.confirm(asked[0], at=at + timedelta(hours=2))
        confirmations.object_to(
            asked[1], text="Arbeidet sluttet to uker før det som står her.", at=at + timedelta(days=1)
        )

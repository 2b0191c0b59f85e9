"""Five ordinary years: theses, placements, projects, lectures, visits, courses, networks and jobs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from samtall.activities import operations
from samtall.activities.models import Activity, Participation
from samtall.activities.operations import Part, Proof, WholeActivity
from samtall.demonstration import titles
from samtall.demonstration.cast import BO, NOME, REGION, SAUHERAD, Cast, Casting
from samtall.demonstration.diary import LAST_DAY, Diary, Told
from samtall.parties.models import Organisation

PROGRAMME = "midt-telemark"
YEARS = range(2014, 2019)

State = Activity.State
Outcome = Participation.Outcome


@dataclass
class Everyday:
    """Writes the ordinary activities into the diary; `chance` decides, the same way every time."""

    diary: Diary
    cast: Cast
    casting: Casting
    chance: Random

    def write(self) -> None:
        self.theses()
        self.placements()
        self.student_projects()
        self.innovation_projects()
        self.guest_lectures()
        self.company_visits()
        self.courses()
        self.networks()
        self.jobs()

    # Student collaborations: they last, and some are recorded while they run.

    def theses(self) -> None:
        for year, amount in zip(YEARS, (6, 10, 14, 16, 12), strict=True):
            for _number in range(amount):
                level = self.chance.choice(["bachelor", "bachelor", "bachelor", "master"])
                starts = date(year, 1, self.chance.randint(7, 25)) if level == "bachelor" else date(year, 8, 18)
                months = 5 if level == "bachelor" else 10  # a master thesis goes over the turn of the year
                self.student("thesis", titles.THESES, starts, months, "host", {"level": level})

    def placements(self) -> None:
        for year, amount in zip(YEARS, (8, 12, 16, 20, 18), strict=True):
            for _number in range(amount):
                starts = date(year, self.chance.choice([1, 2, 3, 8, 9, 10]), self.chance.randint(2, 26))
                details = {"hours": str(self.chance.choice([75, 120, 150, 240])), "credits": "7,5"}
                self.student("placement", titles.PLACEMENTS, starts, 3, "host", details)

    def student_projects(self) -> None:
        for year, amount in zip(YEARS, (5, 8, 11, 14, 12), strict=True):
            for _number in range(amount):
                starts = date(year, self.chance.choice([1, 2, 8, 9]), self.chance.randint(5, 24))
                details = {"subject": self.chance.choice(titles.SUBJECTS)}
                self.student("student_project", titles.PROJECTS, starts, 3, "client", details)

    def innovation_projects(self) -> None:
        """Seasons of innovation projects from autumn 2015, two a year."""
        for season in ((2015, 9), (2016, 2), (2016, 9), (2017, 2), (2017, 9), (2018, 2), (2018, 9)):
            for _number in range(5):
                starts = date(*season, self.chance.randint(1, 9))
                licence = self.chance.choice(["none", "none", "option", "licensed", "bought"])
                self.student("innovation_project", titles.CHALLENGES, starts, 3, "client", {"licence": licence})

    def student(
        self, kind: str, wording: Sequence[str], starts: date, months: int, role: str, details: dict[str, str]
    ) -> None:
        host = self.chance.choice(self.cast.organisations)
        parts = [Part(role=role, organisation=host), Part(role="institution", organisation=self.institution())]
        if self.chance.random() < 0.6:
            some = self.chance.sample(self.cast.students, self.chance.choice([1, 1, 2, 3]))
            parts += [Part(role="student", person=student) for student in some]
        else:
            parts.append(Part(role="student", organisation=self.cast.college, head_count=self.chance.randint(1, 5)))
        whole = WholeActivity(
            kind=kind,
            title=self.chance.choice(wording),
            starts=starts,
            ends=starts + timedelta(days=30 * months + self.chance.randint(-6, 12)),
            municipality=self.cast.home(host),
            programme=PROGRAMME,
            details=details,
            parts=parts,
            evidence=self.evidence("agreement", starts),
        )
        self.lasting(whole)

    def institution(self) -> Organisation:
        return self.chance.choice([self.cast.college] * 9 + [self.cast.other_college])

    def lasting(self, whole: WholeActivity) -> None:
        """Record what lasts: a quarter while it runs, the rest when it is over."""
        ended = whole.ends or whole.starts
        told_when_over = ended + timedelta(days=self.chance.randint(4, 40))
        if self.chance.random() < 0.25 or told_when_over > LAST_DAY:
            on = whole.starts + timedelta(days=self.chance.randint(5, 30))
            told = self.diary.record(replace(whole, state=State.RUNNING), on=on)
            self.validated(told, whole, after=on)
            if whole.evidence:
                self.diary.complete(told, ended=ended, on=max(ended, on) + timedelta(days=self.chance.randint(45, 60)))
        else:
            told = self.diary.record(replace(whole, state=State.COMPLETED), on=told_when_over)
            self.validated(told, whole, after=told_when_over)

    def validated(self, told: Told, whole: WholeActivity, *, after: date) -> None:
        """Have it validated, unless its evidence is missing (R15)."""
        if whole.evidence:
            self.diary.validate(told, on=after + timedelta(days=self.chance.randint(4, 30)))

    def evidence(self, kind: str, dated: date) -> list[Proof]:
        """A piece of evidence; a few activities lack it, and stay pending."""
        if self.chance.random() < 0.03:
            return []
        return [Proof(kind=kind, description=f"Sak {dated.year}/{self.chance.randint(10, 999)}", dated=dated)]

    # What happens on one day.

    def guest_lectures(self) -> None:
        for year, amount in zip(YEARS, (6, 9, 13, 16, 14), strict=True):
            for _number in range(amount):
                lecturer = self.chance.choice(self.cast.organisations)
                whole = WholeActivity(
                    kind="guest_lecture",
                    title=self.chance.choice(titles.LECTURES),
                    starts=self.school_day(year),
                    municipality=BO,
                    programme=PROGRAMME,
                    details={"hours": "2"},
                    parts=[
                        Part(role="lecturer", organisation=lecturer),
                        Part(role="institution", organisation=self.institution()),
                        Part(role="audience", organisation=self.cast.college, head_count=self.chance.randint(12, 90)),
                    ],
                    evidence=self.evidence("confirmation", date(year, 1, 1)),
                )
                self.once(whole)

    def company_visits(self) -> None:
        for year, amount in zip(YEARS, (5, 8, 10, 12, 10), strict=True):
            for _number in range(amount):
                host = self.chance.choice(self.cast.within(*REGION))
                school = self.chance.choice(self.cast.schools)
                whole = WholeActivity(
                    kind="company_visit",
                    title=self.chance.choice(titles.VISITS),
                    starts=self.school_day(year),
                    municipality=self.cast.home(host),
                    programme=PROGRAMME,
                    parts=[
                        Part(role="host", organisation=host),
                        Part(role="school", organisation=school),
                        Part(role="pupil", organisation=school, head_count=self.chance.randint(8, 30)),
                    ],
                    evidence=self.evidence("confirmation", date(year, 1, 1)),
                )
                self.once(whole)

    def courses(self) -> None:
        """A course asks some of the businesses that like courses; some of those who signed up do not come (R12)."""
        keen = self.chance.sample(self.cast.within(*REGION), 57)
        turn = 0
        for year, amount in zip(YEARS, (3, 5, 6, 8, 7), strict=True):
            for _number in range(amount):
                asked = [keen[(turn + step) % len(keen)] for step in range(self.chance.randint(4, 8))]
                turn += len(asked)
                self.course(self.school_day(year), asked)

    def course(self, day: date, asked: Sequence[Organisation]) -> None:
        hours = self.chance.choice([4, 8, 8, 16])
        provider = self.chance.choice([self.cast.college, self.cast.college, *self.cast.schools])
        parts = [Part(role="provider", organisation=provider)]
        for business in asked:
            for number in range(self.chance.choice([1, 1, 2, 3])):
                attended, outcome = self.attendance(hours)
                parts.append(
                    Part(
                        role="participant",
                        person=self.casting.employee(self.cast, business, number),
                        quantity=attended,
                        outcome=outcome,
                    )
                )
        whole = WholeActivity(
            kind="course",
            title=self.chance.choice(titles.COURSES),
            starts=day,
            ends=day + timedelta(days=7 if hours == 16 else 0),
            municipality=self.chance.choice([BO, BO, NOME, SAUHERAD]),
            programme=PROGRAMME,
            details={"hours": str(hours)},
            parts=parts,
            evidence=[Proof(kind="attendance_list", description=f"Deltakerliste {day:%d.%m.%Y}", dated=day)],
        )
        self.once(whole)

    def attendance(self, hours: int) -> tuple[Decimal, str]:
        """Most attend it all, some half of it or less, some do not come."""
        luck = self.chance.random()
        if luck < 0.1:
            return Decimal(0), Outcome.NO_SHOW
        share = Decimal("0.25") if luck < 0.15 else Decimal("0.5") if luck < 0.25 else Decimal(1)
        return hours * share, Outcome.COMPLETED

    def once(self, whole: WholeActivity) -> None:
        """Record what is over when it is recorded."""
        on = (whole.ends or whole.starts) + timedelta(days=self.chance.randint(2, 28))
        told = self.diary.record(replace(whole, state=State.COMPLETED), on=on)
        self.validated(told, whole, after=on)

    def school_day(self, year: int) -> date:
        return date(year, self.chance.choice([1, 2, 3, 4, 5, 8, 9, 10, 11]), self.chance.randint(5, 28))

    # Networks: they meet, and grow.

    def networks(self) -> None:
        names = iter(titles.NETWORKS)
        for year, amount in zip(YEARS, (3, 6, 7, 6, 3), strict=True):
            for _number in range(amount):
                self.network(next(names), date(year, self.chance.randint(1, 8), self.chance.randint(3, 27)))

    def network(self, name: str, starts: date) -> None:
        """Three or more organisations that meet every fifth month or so (R6), recorded after their second meeting."""
        members = self.chance.sample(self.cast.within(*REGION), self.chance.randint(3, 8))
        meetings = list(self.meetings(starts))
        if len(meetings) < 2:
            return
        whole = WholeActivity(
            kind="network",
            title=name,
            starts=starts,
            ends=LAST_DAY + timedelta(days=365),
            municipality=BO,
            programme=PROGRAMME,
            details={"meetings": [day.isoformat() for day in meetings[:2]]},
            state=State.RUNNING,
            parts=[
                Part(role="institution", organisation=self.cast.college),
                *(Part(role="member", organisation=member) for member in members),
            ],
            evidence=[Proof(kind="minutes", description=f"Referat {meetings[0]:%d.%m.%Y}", dated=meetings[0])],
        )
        on = meetings[1] + timedelta(days=self.chance.randint(3, 20))
        told = self.diary.record(whole, on=on)
        self.validated(told, whole, after=on)
        for year in range(on.year + 1, 2019):
            self.met_again(told, [day for day in meetings if day < date(year, 12, 1)], on=date(year, 12, 3))

    def meetings(self, starts: date) -> Iterator[date]:
        day = starts + timedelta(days=self.chance.randint(5, 40))
        while day < date(2018, 11, 20):
            yield day
            day += timedelta(days=self.chance.randint(110, 190))

    def met_again(self, told: Told, meetings: Sequence[date], *, on: date) -> None:
        """Once a year the year's meetings are added, which is a correction and is validated again (R7)."""
        details = {"meetings": [day.isoformat() for day in meetings]}
        self.diary.then(
            told,
            on=on,
            change=lambda activity, at: operations.revise(
                activity, by=self.diary.coordinator, at=at, reason="Årets møter er ført.", details=details
            ),
        )
        self.diary.validate(told, on=on + timedelta(days=self.chance.randint(5, 15)))

    # Competence jobs (R14).

    def jobs(self) -> None:
        filled = [Decimal(text) for text in ("1", "1", "1", "1", "1", "2", "2", "3", "0.5", "0.8")]
        for year, amount in zip(YEARS, (11, 19, 25, 28, 27), strict=True):
            for _number in range(amount):
                self.job("filled", self.chance.choice(filled), year)
            for _number in range(amount // 6):
                self.job("lost", Decimal(1), year)

    def job(self, change: str, positions: Decimal, year: int, municipality: str = "") -> None:
        employer = self.chance.choice(self.cast.within(*REGION))
        day = self.school_day(year)
        whole = WholeActivity(
            kind="competence_job",
            title=self.chance.choice(titles.JOBS),
            starts=day,
            municipality=municipality or self.cast.home(employer),
            programme=PROGRAMME,
            details={
                "change": change,
                "contribution": self.chance.choice(["direct", "contributed", "contributed", "context"]),
                "baseline_on": "31.12.2013",
            },
            parts=[Part(role="employer", organisation=employer, quantity=positions)],
            evidence=self.evidence("confirmation", day),
        )
        self.once(whole)

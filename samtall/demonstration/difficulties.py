"""What makes counting hard, one of each and more, told by hand so that it can be found again.

The titles begin with the rule that they try (counting.md, R1–R24).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from samtall.activities import operations
from samtall.activities.models import Activity, Participation
from samtall.activities.operations import Part, Proof, WholeActivity
from samtall.demonstration.cast import BO, NOME, REGION, SAUHERAD, Cast, Casting
from samtall.demonstration.diary import LAST_DAY, Diary, Told
from samtall.demonstration.everyday import PROGRAMME, Everyday
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

State = Activity.State
Outcome = Participation.Outcome


@dataclass
class Difficulties:
    """Writes the hard cases into the diary."""

    diary: Diary
    cast: Cast
    casting: Casting
    everyday: Everyday

    def write(self) -> None:
        self.merger()
        self.split()
        self.renumbered()
        self.foreign()
        self.unidentified()
        self.shared_work()
        self.drop_outs()
        self.planned()
        self.cancelled()
        self.corrected()
        self.told_late()
        self.withdrawn_returned_and_drafts()
        self.waiting()
        self.networks_below_the_threshold()
        self.jobs()
        self.sites()
        self.moved_house()
        self.forgotten_person()

    # Organisations that follow each other (R4)

    def merger(self) -> None:
        """Sagafoss Data was merged into Ravntind Data on 1 July 2017; both took part in things that year."""
        into, merged = self.newcomer("Ravntind Data AS"), self.newcomer("Sagafoss Data AS")
        self.student("R4 Før fusjonen: oppgave hos Ravntind", into, date(2017, 1, 10), date(2017, 6, 20))
        self.student(
            "R4 Før fusjonen: prosjekt hos Sagafoss",
            merged,
            date(2017, 2, 6),
            date(2017, 5, 19),
            kind="student_project",
        )
        self.course("R4 Kurs der begge var med", date(2017, 3, 3), [into, merged])
        self.succession(merged, into, on=date(2017, 7, 1), cause="merger")
        self.student("R4 Etter fusjonen: praksis", into, date(2017, 9, 4), date(2017, 12, 1), kind="placement")

    def split(self) -> None:
        """Juvlia Mekaniske became two on 1 January 2016; counting follows the first."""
        whole = self.newcomer("Juvlia Mekaniske AS", 48)
        main, part = self.newcomer("Juvlia Verksted AS", 30), self.newcomer("Juvlia Montasje AS", 18)
        self.student("R4 Før delingen: oppgave", whole, date(2015, 1, 12), date(2015, 6, 5))
        self.succession(whole, main, on=date(2016, 1, 1), cause="split")
        self.succession(whole, part, on=date(2016, 1, 1), cause="split", main=False)
        self.student("R4 Etter delingen: verkstedet", main, date(2016, 1, 12), date(2016, 6, 5))
        self.student("R4 Etter delingen: montasje", part, date(2016, 8, 22), date(2016, 11, 30), kind="placement")

    def renumbered(self) -> None:
        """A sole proprietor became a company, with a new number, on 1 April 2015."""
        before, after = self.newcomer("Plommestad Gard", 2, "ENK"), self.newcomer("Plommestad Gard AS", 2)
        self.student("R4 Før omdanning", before, date(2015, 1, 20), date(2015, 3, 20), kind="placement")
        self.succession(before, after, on=date(2015, 4, 1), cause="renumbered")
        self.student("R4 Etter omdanning", after, date(2015, 9, 1), date(2015, 11, 20), kind="placement")

    def succession(self, predecessor: Organisation, successor: Organisation, *, on: date, **said: Any) -> None:
        self.diary.on(
            on + timedelta(days=20),
            lambda at: operations.record_succession(
                predecessor, successor, on=on, by=self.diary.coordinator, at=at, **said
            ),
        )

    # Organisations of other sorts (R2)

    def foreign(self) -> None:
        """Foreign organisations with an id in a register of their own count like others."""
        swedish = self.foreigner("Skärgårdsteknik AB", "SE", "Bolagsverket", "000000-0000")
        danish = self.foreigner("Fjordlys ApS", "DK", "CVR", "00000000")
        self.once(
            "guest_lecture", "R2 Gjest fra Sverige", date(2017, 10, 4), Part(role="lecturer", organisation=swedish)
        )
        self.student("R2 Oppgave i Danmark", danish, date(2016, 8, 15), date(2017, 6, 1), municipality="")

    def foreigner(self, name: str, country: str, register: str, number: str) -> Organisation:
        organisation = parties.add_foreign(name, country=country, register=register, number=number, at=self.casting.at)
        organisation.demonstration = True
        organisation.save(update_fields=["demonstration"])
        return organisation

    def unidentified(self) -> None:
        """Nobody found the numbers of these: they stand beside the figures, never inside (R2, R17)."""
        shop, group, artist = (
            parties.add_organisation(name, demonstration=True, at=self.casting.at)
            for name in ("Butikken ved brua", "Dugnadsgjengen", "En kunstner fra Lunde")
        )
        visit = Part(role="host", organisation=shop)
        self.once("company_visit", "R2 Besøk hos en uten nummer", date(2016, 4, 12), visit)
        self.student(
            "R2 Prosjekt for en uten nummer", group, date(2017, 9, 5), date(2017, 12, 4), kind="student_project"
        )
        self.once(
            "guest_lecture", "R2 Kunstner uten nummer", date(2018, 2, 14), Part(role="lecturer", organisation=artist)
        )
        parts = [Part(role="participant", organisation=shop, head_count=2, quantity=8)]
        self.course("R2 Kurs med en uten nummer", date(2017, 11, 9), [], more=parts)

    def shared_work(self) -> None:
        """Several institutions on one activity: once for the region, shares for each (R10)."""
        both = [self.cast.college, self.cast.other_college]
        for number, host in enumerate(self.cast.within(BO)[40:46]):
            starts = date(2015 + number % 4, 1, 15)
            shared = [*both, self.cast.schools[0]] if number == 5 else both
            self.student("R10 Felles prosjekt", host, starts, starts + timedelta(days=130), institutions=shared)

    # Those who leave, and what is cancelled (R6, R21)

    def drop_outs(self) -> None:
        """One of two students left; all students left; the whole was broken off."""
        hosts = self.cast.within(NOME)[10:16]
        for number, host in enumerate(hosts[:4]):
            students = self.cast.students[number * 2 : number * 2 + 2]
            starts = date(2015 + number, 1, 14)
            whole = self.student_whole(
                "R21 Noen sluttet", host, starts, starts + timedelta(days=140), students=students, kind="placement"
            )
            told = self.diary.record(replace(whole, state=State.RUNNING), on=starts + timedelta(days=12))
            self.diary.validate(told, on=starts + timedelta(days=25))
            left = students if number % 2 else students[:1]
            self.leave(told, [student.key for student in left], on=starts + timedelta(days=50))
            self.diary.validate(told, on=starts + timedelta(days=70))
        for number, host in enumerate(hosts[4:]):
            starts = date(2016 + number, 9, 1)
            whole = self.student_whole("R21 Avbrutt", host, starts, starts + timedelta(days=120))
            told = self.diary.record(replace(whole, state=State.RUNNING), on=starts + timedelta(days=10))
            self.diary.validate(told, on=starts + timedelta(days=20))
            ended = starts + timedelta(days=45)
            self.diary.then(told, on=ended + timedelta(days=4), change=_abort(self.diary, ended))
            self.diary.validate(told, on=ended + timedelta(days=20))

    def leave(self, told: Told, keys: Sequence[int], *, on: date) -> None:
        def change(activity: Activity, at: Any) -> None:
            for part in activity.participations.filter(person_key__in=keys, role="student"):
                operations.drop_out(part, on=on, by=self.diary.coordinator, at=at)

        self.diary.then(told, on=on + timedelta(days=3), change=change)

    def planned(self) -> None:
        """Agreed upon, and not begun when the books end: counts nowhere yet (R6)."""
        for number, host in enumerate(self.cast.within(SAUHERAD)[60:64]):
            starts = date(2019, 1, 7 + number)
            whole = self.student_whole("R6 Planlagt", host, starts, starts + timedelta(days=140))
            self.diary.record(whole, on=date(2018, 11, 12 + number))

    def cancelled(self) -> None:
        """Planned and never begun: counts nowhere (R6)."""
        for number, host in enumerate(self.cast.within(SAUHERAD)[20:26]):
            starts = date(2014 + number % 5, 9, 12)
            whole = self.student_whole(
                "R6 Avlyst før start", host, starts, starts + timedelta(days=80), kind="placement"
            )
            told = self.diary.record(replace(whole, state=State.PLANNED), on=starts - timedelta(days=60))
            self.diary.then(
                told, on=starts - timedelta(days=10), change=_cancel(self.diary, starts - timedelta(days=12))
            )

    # The ladder (R7)

    def corrected(self) -> None:
        """A job that was counted twice as large as it was until it was put right a year later."""
        for number, employer in enumerate(self.cast.within(BO)[60:63]):
            day = date(2015, 3 + number, 16)
            told = self.job("filled", Decimal(2), day, employer, title="R7 Rettet stilling")

            def change(activity: Activity, at: Any) -> None:
                part = activity.participations.get(role="employer")
                operations.revise_participation(
                    part,
                    quantity=Decimal(1),
                    by=self.diary.coordinator,
                    at=at,
                    reason="Bare én av stillingene krever høyere utdanning.",
                )

            self.diary.then(told, on=date(2017, 2, 6 + number), change=change)
            self.diary.validate(told, on=date(2017, 3, 6 + number))

    def told_late(self) -> None:
        """Things of 2014 and 2015 that were recorded in 2017: an earlier "as of" does not have them (R19)."""
        for number, host in enumerate(self.cast.within(NOME)[30:38]):
            starts = date(2014 + number % 2, 9, 3)
            whole = self.student_whole("R19 Ført i etterkant", host, starts, starts + timedelta(days=70))
            on = date(2017, 5, 3 + number)
            told = self.diary.record(replace(whole, state=State.COMPLETED), on=on)
            self.diary.validate(told, on=on + timedelta(days=12))

    def withdrawn_returned_and_drafts(self) -> None:
        hosts = self.cast.within(SAUHERAD)[30:46]
        for number, host in enumerate(hosts[:4]):
            starts = date(2015 + number, 2, 2)
            told = self.student("R7 Trukket", host, starts, starts + timedelta(days=90))
            self.diary.then(told, on=starts + timedelta(days=260), change=_withdraw(self.diary))
        for number, host in enumerate(hosts[4:7]):
            starts = date(2016 + number, 2, 3)
            whole = self.student_whole("R7 Sendt tilbake", host, starts, starts + timedelta(days=90))
            told = self.diary.record(replace(whole, state=State.COMPLETED), on=starts + timedelta(days=100))
            self.diary.then(told, on=starts + timedelta(days=115), change=_return(self.diary))
        for number, host in enumerate(hosts[7:]):
            starts = date(2018, 1 + number, 5)
            whole = self.student_whole("R7 Kladd", host, starts, starts + timedelta(days=90))
            running = replace(whole, state=State.RUNNING, submit=False, evidence=())
            self.diary.record(running, on=starts + timedelta(days=6))

    def waiting(self) -> None:
        """A course that nobody has had the time to validate before the books end."""
        self.course("R7 Kurs som venter på godkjenning", date(2018, 12, 12), self.cast.within(SAUHERAD)[50:53])

    def networks_below_the_threshold(self) -> None:
        """Two members, or one meeting: no network yet, so they stay drafts (R6)."""
        for name, size, meetings in (
            ("R6 Nettverk med to virksomheter", 1, ["2016-02-03", "2016-08-17", "2017-03-01"]),
            ("R6 Nettverk som møttes én gang", 5, ["2017-10-11"]),
            ("R6 Nettverk som aldri møttes", 4, []),
        ):
            members = self.cast.within(*REGION)[100 : 100 + size]
            whole = WholeActivity(
                kind="network",
                title=name,
                starts=date(2016, 1, 4),
                ends=LAST_DAY,
                municipality=BO,
                programme=PROGRAMME,
                details={"meetings": meetings},
                state=State.RUNNING,
                parts=[
                    Part(role="institution", organisation=self.cast.college),
                    *(Part(role="member", organisation=member) for member in members),
                ],
                submit=False,
            )
            self.diary.record(whole, on=date(2017, 11, 1))

    # Jobs count where the work site is (R11, R14)

    def jobs(self) -> None:
        """Moved within the region: 0. Work sites outside the region: not the region's."""
        employers = self.cast.within(*REGION)[140:150]
        for number, employer in enumerate(employers[:6]):
            self.job(
                "moved", Decimal(1 + number % 3), date(2014 + number % 5, 5, 6), employer, title="R14 Flyttet stilling"
            )
        for number, employer in enumerate(employers[6:]):
            day = date(2015 + number, 10, 7)
            self.job("filled", Decimal(2), day, employer, "0806", title="R11 Stilling utenfor regionen")

    def sites(self) -> None:
        """Sub-units as hosts; some lie in another municipality than the one that owns them (R2, R11)."""
        for number, site in enumerate(self.cast.sites):
            place = site.attributes.get().municipality
            starts = date(2014 + number % 5, 2, 9)
            whole = self.student_whole(
                "R11 Praksis på avdelingen", site.organisation, starts, starts + timedelta(days=60), kind="placement"
            )
            host = Part(role="host", establishment=site)
            whole = replace(whole, municipality=place, parts=[host, *whole.parts[1:]])
            on = starts + timedelta(days=75)
            told = self.diary.record(replace(whole, state=State.COMPLETED), on=on)
            self.diary.validate(told, on=on + timedelta(days=10))

    def moved_house(self) -> None:
        """Organisations that moved and grew: what they were on the day stays with the day."""
        for number, organisation in enumerate(self.cast.within(NOME)[60:66]):
            day = date(2016, 1 + number, 1)
            self.diary.on(
                day,
                lambda _at, one=organisation, day=day: parties.record_attributes(  # type: ignore[misc]
                    one, valid_from=day, municipality=BO, employees=25, source="demonstrasjon"
                ),
            )
            self.student("R4 Etter flytting", organisation, date(2016, 8, 22), date(2016, 12, 9))

    def forgotten_person(self) -> None:
        """A student who asked to be forgotten; what they took part in is counted as before (R5)."""
        person = parties.add_person("Student som ba om å bli glemt", organisation=self.cast.college)
        host = self.cast.within(BO)[70]
        whole = self.student_whole("R5 Oppgave", host, date(2016, 1, 11), date(2016, 6, 3), students=[person])
        told = self.diary.record(replace(whole, state=State.COMPLETED), on=date(2016, 6, 10))
        self.diary.validate(told, on=date(2016, 6, 20))
        administrator = self.cast.users["administrator"]
        self.diary.on(date(2018, 5, 28), lambda at: parties.erase_person(person, by=administrator, at=at))

    # What the hard cases are made of

    def newcomer(self, name: str, employees: int = 9, form: str = "AS") -> Organisation:
        organisation = self.casting.organisation(
            name, form=form, sector="2100", industry="62.010", municipality=BO, employees=employees
        )
        self.cast.homes[organisation.pk] = BO
        return organisation

    def student_whole(
        self,
        title: str,
        host: Organisation,
        starts: date,
        ends: date,
        *,
        kind: str = "thesis",
        institutions: Sequence[Organisation] = (),
        students: Sequence[Any] = (),
        municipality: str | None = None,
    ) -> WholeActivity:
        role = "client" if kind == "student_project" else "host"
        return WholeActivity(
            kind=kind,
            title=title,
            starts=starts,
            ends=ends,
            municipality=self.cast.homes.get(host.pk, BO) if municipality is None else municipality,
            programme=PROGRAMME,
            details={"level": "bachelor"} if kind == "thesis" else {},
            parts=[
                Part(role=role, organisation=host),
                *(Part(role="institution", organisation=one) for one in institutions or [self.cast.college]),
                *(Part(role="student", person=student) for student in students),
            ],
            evidence=[Proof(kind="agreement", description=f"Avtale {starts:%d.%m.%Y}", dated=starts)],
        )

    def student(self, title: str, host: Organisation, starts: date, ends: date, **said: Any) -> Told:
        """A student collaboration that went as it should."""
        whole = self.student_whole(title, host, starts, ends, **said)
        return self.over(whole, ends)

    def over(self, whole: WholeActivity, ended: date) -> Told:
        told = self.diary.record(replace(whole, state=State.COMPLETED), on=ended + timedelta(days=9))
        self.diary.validate(told, on=ended + timedelta(days=25))
        return told

    def once(self, kind: str, title: str, day: date, part: Part) -> Told:
        role = "school" if kind == "company_visit" else "institution"
        whole = WholeActivity(
            kind=kind,
            title=title,
            starts=day,
            municipality=BO,
            programme=PROGRAMME,
            parts=[part, Part(role=role, organisation=self.cast.college)],
            evidence=[Proof(kind="confirmation", description=f"E-post {day:%d.%m.%Y}", dated=day)],
        )
        return self.over(whole, day)

    def course(self, title: str, day: date, businesses: Sequence[Organisation], more: Sequence[Part] = ()) -> Told:
        """A course of eight hours: the first employee of each attends it all, and the second does not come."""
        parts = [Part(role="provider", organisation=self.cast.college), *more]
        for business in businesses:
            came, absent = (self.casting.employee(self.cast, business, number) for number in (0, 1))
            parts.append(Part(role="participant", person=came, quantity=8, outcome=Outcome.COMPLETED))
            parts.append(Part(role="participant", person=absent, quantity=0, outcome=Outcome.NO_SHOW))
        whole = WholeActivity(
            kind="course",
            title=title,
            starts=day,
            municipality=BO,
            programme=PROGRAMME,
            details={"hours": "8"},
            parts=parts,
            evidence=[Proof(kind="attendance_list", description=f"Deltakerliste {day:%d.%m.%Y}", dated=day)],
        )
        return self.over(whole, day)

    def job(
        self, change: str, positions: Decimal, day: date, employer: Organisation, municipality: str = "", *, title: str
    ) -> Told:
        whole = WholeActivity(
            kind="competence_job",
            title=title,
            starts=day,
            municipality=municipality or self.cast.home(employer),
            programme=PROGRAMME,
            details={"change": change, "contribution": "contributed", "baseline_on": "31.12.2013"},
            parts=[Part(role="employer", organisation=employer, quantity=positions)],
            evidence=[Proof(kind="confirmation", description=f"Bekreftelse {day:%d.%m.%Y}", dated=day)],
        )
        return self.over(whole, day)


def _abort(diary: Diary, ended: date) -> Any:
    return lambda activity, at: operations.abort(
        activity, on=ended, by=diary.coordinator, at=at, reason="Bedriften måtte trekke seg."
    )


def _cancel(diary: Diary, on: date) -> Any:
    return lambda activity, at: operations.cancel(activity, on=on, by=diary.coordinator, at=at, reason="For få søkere.")


def _withdraw(diary: Diary) -> Any:
    return lambda activity, at: operations.withdraw(
        activity, by=diary.coordinator, at=at, reason="Ført to ganger ved en feil."
    )


def _return(diary: Diary) -> Any:
    return lambda activity, at: operations.return_to_draft(
        activity, by=diary.validator, at=at, reason="Avtalen mangler underskrift."
    )

"""Who is who is not always clear: names as they were typed in the last lists, and a company that is there twice.

What they take part in awaits approval, so that no figure rests on it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.demonstration.cast import BO, NOME, SAUHERAD
from samtall.demonstration.diary import Diary
from samtall.demonstration.difficulties import Difficulties
from samtall.identities import operations as identities
from samtall.identities.operations import Ground, Hints
from samtall.organisations.work import look_for_suspicions
from samtall.parties.models import Organisation

TOLD_ON = date(2018, 11, 14)
DECIDED_ON = date(2018, 12, 3)


@dataclass
class Doubts:
    """Writes the doubts into the diary."""

    diary: Diary
    difficulties: Difficulties

    def write(self) -> None:
        cast = self.difficulties.cast
        first, second, third = cast.within(BO)[80], cast.within(NOME)[40], cast.within(SAUHERAD)[15]
        self.written(without_form(first.name), BO)
        self.written(without_signs(second.name), NOME)
        self.written(without_a_letter(third.name), SAUHERAD)
        self.written(without_signs(first.name).split()[0] + " i Bø", BO)
        self.written("Elevbedriften Nabohjelp", NOME)
        remembered = cast.within(BO)[81]
        self.decided(self.written(without_signs(without_form(remembered.name)), BO), remembered)
        for name, form in (("Lifjell Trevare AS", "AS"), ("Lifjell Trevare", "ENK")):
            self.takes_part(self.difficulties.newcomer(name, 4, form))

    def written(self, name: str, municipality: str) -> Organisation:
        """A name that somebody typed without a number, for something this autumn."""
        hints = Hints(municipality=municipality, day=TOLD_ON)
        organisation = identities.written(name, hints=hints, source="import", at=self.difficulties.casting.at)
        organisation.demonstration = True
        organisation.save(update_fields=["demonstration"])
        self.takes_part(organisation)
        return organisation

    def takes_part(self, organisation: Organisation) -> None:
        ends = TOLD_ON - timedelta(days=9)
        title = f"R2 Praksis hos {organisation.name}"
        whole = self.difficulties.student_whole(title, organisation, date(2018, 9, 3), ends, kind="placement")
        self.diary.record(replace(whole, state=Activity.State.COMPLETED), on=TOLD_ON)

    def decided(self, name: Organisation, organisation: Organisation) -> None:
        """Somebody has said who it is: it is remembered, and can be withdrawn."""
        by, ground = self.diary.coordinator, Ground(source="review")
        self.diary.on(DECIDED_ON, lambda at: operations.identify(name, organisation, ground=ground, by=by, at=at))


def suspect(at: datetime) -> None:
    """Look for who they may be."""
    while look_for_suspicions(at):
        pass


def without_form(name: str) -> str:
    return name.removesuffix(" AS").removesuffix(" SA")


def without_signs(name: str) -> str:
    """As somebody writes it on a foreign keyboard."""
    return name.translate(str.maketrans("æøåÆØÅ", "aoaAOA"))


def without_a_letter(name: str) -> str:
    """Without one letter in the middle of its first word."""
    return name[:3] + name[4:]

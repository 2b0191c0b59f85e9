"""Thirty inquiries by the contact form: one or more in every state, some of which became activities told elsewhere."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from samtall.accounts.models import User
from samtall.demonstration.cast import Cast
from samtall.demonstration.diary import OSLO, Diary, Told
from samtall.inquiries import operations
from samtall.inquiries.declaration import STANDARD
from samtall.inquiries.models import ContactForm, Inquiry
from samtall.inquiries.states import State
from samtall.parties.models import Organisation

#: What is asked: kinds, subjects, and what it is about.
WISHES = (
    (["thesis"], ["technology"], "Vi vil vite hvor varmen i bygget vårt blir av, og hva det koster å tette."),
    (["placement"], ["health"], "Vi kan ta imot to studenter i praksis til høsten, med fast veileder."),
    (["student_project"], ["it"], "Vi fører lageret i regneark og trenger noen som kan foreslå noe bedre."),
    (["guest_lecture"], ["economics"], "Daglig leder forteller gjerne om å drive et lite firma i distriktet."),
    (["thesis", "student_project"], ["nature"], "Hvordan kan vi bruke eplene som ikke blir solgt?"),
    (["company_visit"], ["technology"], "Vi viser gjerne fram verkstedet til elever på teknikk."),
    (["course"], ["economics"], "Vi er seks ansatte som trenger et kort kurs i prosjektledelse."),
    (["innovation_project"], ["culture"], "Vi vil ha flere gjester utenom sommeren, og er åpne for alt."),
    (["network"], ["it"], "Vi vil gjerne treffe andre som tar imot studenter."),
    (["placement", "thesis"], ["teaching"], "Vi har plass til en student, og spørsmål nok til en oppgave."),
)
NAMES = ("Ida", "Jonas", "Marte", "Sindre", "Tuva", "Aksel", "Ragnhild", "Henrik", "Solveig", "Eirik")
SURNAMES = ("Hauge", "Bakke", "Lien", "Moen", "Strand", "Dahl", "Vik", "Nes", "Rud", "Hagen")

#: How an inquiry that became no activity went: its states in order. The last ones are still on the way.
WAYS: tuple[tuple[State, ...], ...] = (
    (State.IN_DIALOGUE, State.DECLINED),
    (State.DECLINED,),
    (State.IN_DIALOGUE, State.NO_MATCH),
    (State.IN_DIALOGUE, State.MATCHED, State.NO_MATCH),
    (State.WITHDRAWN,),
    (State.IN_DIALOGUE, State.WITHDRAWN),
    (State.SPAM,),
    (State.SPAM,),
    (State.MERGED,),
    (State.IN_DIALOGUE, State.MATCHED, State.AGREED),
    (State.IN_DIALOGUE, State.MATCHED, State.AGREED),
    (State.IN_DIALOGUE, State.MATCHED),
    (State.IN_DIALOGUE, State.MATCHED),
    (State.IN_DIALOGUE,),
    (State.IN_DIALOGUE,),
    (State.IN_DIALOGUE,),
    (State.ASSIGNED,),
    (State.ASSIGNED,),
    (),
    (),
)
#: The one that was sent twice; the one after it is what it was merged with, and the rest are still on their way.
SAME_AGAIN = WAYS.index((State.MERGED,))
LEADING_TO_ACTIVITIES = 10
REASONS = {
    State.DECLINED: "Dette er ordinært arbeid, og passer ikke som studentoppgave.",
    State.NO_MATCH: "Ingen studenter på feltet dette semesteret. Spør gjerne igjen til høsten.",
}


@dataclass
class Inquiries:
    """Writes the inquiries into the diary; it has a chance of its own, so that nothing else is told otherwise."""

    diary: Diary
    cast: Cast
    chance: Random

    def write(self) -> None:
        form = self._form()
        asking = self.chance.sample(self.cast.organisations, len(WAYS))
        days = [self._day(still_on_its_way=number > SAME_AGAIN) for number in range(len(WAYS))]
        asking[SAME_AGAIN], days[SAME_AGAIN] = asking[SAME_AGAIN + 1], days[SAME_AGAIN + 1] + timedelta(days=4)
        for number, way in enumerate(WAYS):
            self._goes(form, number, asking[number], days[number], way)
        for number, told in enumerate(self._student_work()):
            self._becomes(form, number, told)

    def _day(self, *, still_on_its_way: bool) -> date:
        month = self.chance.choice([11, 12] if still_on_its_way else range(2, 11))
        return date(2018, month, self.chance.randint(3, 10))

    def _form(self) -> ContactForm:
        text = STANDARD.read_text(encoding="utf-8").replace(
            '# institution = "911770709"', f'institution = "{self.cast.college.number}"'
        )
        return operations.save_form(text, by=self._coordinator.signature, at=datetime(2017, 1, 2, 9, tzinfo=OSLO))

    @property
    def _coordinator(self) -> User:
        return self.diary.coordinator

    def _student_work(self) -> list[Told]:
        """Activities that somebody could have asked for: student work of the last two years, spread over them."""
        told = [
            one
            for day in sorted(self.diary.recordings)
            for one in self.diary.recordings[day]
            if one.whole.kind in ("thesis", "placement", "student_project") and one.whole.starts.year >= 2017
        ]
        return told[:: max(len(told) // LEADING_TO_ACTIVITIES, 1)][:LEADING_TO_ACTIVITIES]

    def _goes(
        self, form: ContactForm, number: int, organisation: Organisation, day: date, way: tuple[State, ...]
    ) -> None:
        """It is received on a day, and moved on every few days after it."""
        said = self._said(number, organisation)

        def receive(at: datetime) -> None:
            operations.receive(form, said, key=f"demonstration-{number}", language="nb", at=at)

        self.diary.on(day, receive)
        for step, state in enumerate(way, start=1):
            self.diary.on(day + timedelta(days=5 * step), self._moved(number, state))

    def _moved(self, number: int, state: State) -> Any:
        def move(at: datetime) -> None:
            inquiry = Inquiry.objects.get(key=f"demonstration-{number}")
            by = self._coordinator
            if state == State.ASSIGNED:
                operations.assign(inquiry, by, by=by, at=at)
            elif state == State.WITHDRAWN:
                operations.withdraw(inquiry, at=at)
            elif state == State.MERGED:
                into = Inquiry.objects.get(key=f"demonstration-{SAME_AGAIN + 1}")
                operations.merge(inquiry, into, by=by, at=at, reason="Sendt to ganger.")
            elif state == State.IN_DIALOGUE:
                operations.answer(inquiry, "Takk for henvendelsen. Jeg ringer deg i løpet av uka.", by=by, at=at)
            else:
                operations.move(inquiry, state, by=by, at=at, reason=REASONS.get(state, ""))

        return move

    def _becomes(self, form: ContactForm, number: int, told: Told) -> None:
        """Its host asked some months before it began, and when it is recorded the inquiry is handed over."""
        host = next(part.organisation for part in told.whole.parts if part.organisation)
        key = f"demonstration-led-{number}"
        said = self._said(number, host) | {"kinds": [told.whole.kind]}
        asked = told.whole.starts - timedelta(days=self.chance.randint(40, 120))

        def receive(at: datetime) -> None:
            inquiry = operations.receive(form, said, key=key, language="nb", at=at).inquiry
            told.whole = replace(told.whole, origin=inquiry.source)
            operations.answer(inquiry, "Så fint! Vi har noen som passer.", by=self._coordinator, at=at)

        def hand_over(at: datetime) -> None:
            if told.recorded is not None:
                by = self._coordinator
                operations.hand_over(Inquiry.objects.get(key=key), told.activity, by=by, at=at)

        self.diary.on(asked, receive)
        self.diary.on(told.day + timedelta(days=1), hand_over)

    def _said(self, number: int, organisation: Organisation) -> dict[str, Any]:
        kinds, subjects, description = WISHES[number % len(WISHES)]
        name = f"{self.chance.choice(NAMES)} {self.chance.choice(SURNAMES)}"
        return {
            "organisation": organisation.number if number % 4 else organisation.name,
            "contact_name": name,
            "email": f"{name.split()[0].lower()}.{number}@bedrift{organisation.pk}.example",
            "kinds": kinds,
            "subjects": subjects,
            "description": description,
            "level": ["bachelor"],
            "period": self.chance.choice(["Vår", "Høst", "Når det passer"]),
            "reply_language": self.chance.choice(["nb", "nb", "nn"]),
        }

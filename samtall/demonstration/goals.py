"""What goals are measured by beside the figures: a survey in two rounds, milestones, baselines of employers.

All of it is made up. Rounds are written as they stand when they have closed, so that no letters have to be sent.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from random import Random

from samtall.accounts.models import User
from samtall.base.text import Words
from samtall.demonstration.diary import OSLO
from samtall.kinds.competence_job import operations as jobs
from samtall.kinds.competence_job.queries import employers
from samtall.programmes import operations as programmes
from samtall.programmes.models import Context, Milestone, Programme, Target
from samtall.surveys import operations as surveys
from samtall.surveys.models import Answer, Question, Round, Survey

BY = "system:demonstration"
#: How many were invited, how many answered, and how likely each answer from 1 to 5 and a yes were.
ROUNDS = (
    (date(2015, 5, 29), 64, 41, (3, 12, 14, 8, 3), 0.37),
    (date(2018, 5, 25), 71, 52, (1, 5, 14, 21, 11), 0.63),
)


@dataclass
class Goals:
    """What is written when the programme stands and everything else has happened."""

    programme: Programme
    coordinator: User
    chance: Random
    at: datetime

    def write(self) -> None:
        self.targets(self.survey())
        self.milestones()
        self.statistics()
        for employer in employers():
            fte = Decimal(self.chance.randint(2, 40)) / 2
            source = "Brev fra arbeidsgiveren (oppdiktet)"
            jobs.count(employer, on=date(2013, 12, 31), fte=fte, source=source, by=self.coordinator, at=self.at)

    def survey(self) -> Survey:
        survey = surveys.make(
            "deling-og-kjennskap",
            name=Words("Deling og kjennskap", "Deling og kjennskap", "Sharing and knowing"),
            intro=Words(
                "Vi spør bedriftene i regionen om det samme med noen års mellomrom.",
                "Vi spør bedriftene i regionen om det same med nokre års mellomrom.",
                "We ask the businesses of the region the same, some years apart.",
            ),
            by=BY,
            at=self.at,
        )
        surveys.ask(
            survey,
            sort="scale",
            text=Words(
                "I hvor stor grad deler dere kunnskap med andre i regionen?",
                "I kor stor grad deler de kunnskap med andre i regionen?",
                "How much do you share knowledge with others in the region?",
            ),
        )
        surveys.ask(
            survey,
            sort="yes_no",
            text=Words(
                "Vet dere hvem dere kan spørre på høgskolen?",
                "Veit de kven de kan spørje på høgskulen?",
                "Do you know whom to ask at the university college?",
            ),
        )
        for number, (closes, invited, answered, scale, yes) in enumerate(ROUNDS, start=1):
            self.round(survey, number, closes, invited, answered, scale, yes)
        return survey

    def round(
        self, survey: Survey, number: int, closes: date, invited: int, answered: int, scale: tuple[int, ...], yes: float
    ) -> None:
        over = datetime.combine(closes, time(23), tzinfo=OSLO)
        held = Round.objects.create(
            survey=survey,
            number=number,
            language="nb",
            closes=closes,
            invited=invited,
            answered=answered,
            opened_at=over,
            closed_at=over,
            by=BY,
        )
        graded, known = survey.questions.all()
        numbers = self.chance.choices(range(1, 6), weights=scale, k=answered)
        self.answers(held, graded, numbers)
        self.answers(held, known, [int(self.chance.random() < yes) for _one in range(answered)])

    def answers(self, held: Round, question: Question, numbers: list[int]) -> None:
        Answer.objects.bulk_create(
            Answer(key=self.chance.getrandbits(62), round=held, question=question, number=one) for one in numbers
        )

    def targets(self, survey: Survey) -> None:
        graded, known = survey.questions.all()
        self.target(
            "bedre-delingskultur",
            "delingskultur",
            graded,
            3_500,
            Words(
                "Bedriftene deler kunnskap i større grad: 3,5 av 5",
                "Bedriftene deler kunnskap i større grad: 3,5 av 5",
                "Businesses share more knowledge: 3.5 of 5",
            ),
        )
        self.target(
            "kjenner-hogskolen",
            "kjennskap",
            known,
            80_000,
            Words(
                "80 prosent av bedriftene vet hvem de kan spørre på høgskolen",
                "80 prosent av bedriftene veit kven dei kan spørje på høgskulen",
                "80 per cent of the businesses know whom to ask at the university college",
            ),
        )

    def target(self, slug: str, goal: str, question: Question, value: int, text: Words) -> None:
        values = {
            "slug": slug,
            "goal": self.programme.goals.get(slug=goal),
            "ordering": self.programme.targets.count(),
            "text": text.as_dict(),
            "question": question,
            "baseline_round": 1,
            "value": value,
            "since": date(2015, 1, 1),
            "deadline": date(2018, 12, 31),
        }
        programmes.change(Target(programme=self.programme), values, by=BY, at=self.at)

    def milestones(self) -> None:
        target = self.programme.targets.get(slug="studiested-bo")
        for text, due, done in (
            (
                Words(
                    "Kontaktpunktet har en ansvarlig",
                    "Kontaktpunktet har ein ansvarleg",
                    "The contact point has an owner",
                ),
                date(2015, 12, 31),
                date(2015, 11, 20),
            ),
            (
                Words("Kontaktskjemaet er i bruk", "Kontaktskjemaet er i bruk", "The contact form is in use"),
                date(2016, 12, 31),
                date(2017, 2, 3),
            ),
            (
                Words(
                    "Avtalen om samarbeid er fornyet",
                    "Avtalen om samarbeid er fornya",
                    "The cooperation agreement is renewed",
                ),
                date(2018, 12, 31),
                None,
            ),
        ):
            said = {"done_on": done, "done_by": "Studiested Bø", "evidence": "Oppdiktet saksnummer"} if done else {}
            values = {"text": text.as_dict(), "due": due} | said
            programmes.change(Milestone(target=target), values, by=BY, at=self.at)

    def statistics(self) -> None:
        target = self.programme.targets.get(slug="kunnskapsarbeidsplasser")
        for year, number in ((2013, 1_884_000), (2017, 1_973_000)):
            values = {
                "target": target,
                "sort": Context.Sort.CONTROL,
                "text": Words(
                    "Sysselsatte med høyere utdanning som arbeider i regionen",
                    "Sysselsette med høgare utdanning som arbeider i regionen",
                    "Employed with higher education who work in the region",
                ).as_dict(),
                "value": number,
                "dated": date(year, 11, 15),
                "source": "Oppdiktet, i stedet for SSB",
                "published": date(year + 1, 6, 15),
            }
            programmes.change(Context(programme=self.programme), values, by=BY, at=self.at)

"""What the upper-secondary schools do with working life: pupils try occupations, and run youth enterprises."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from samtall.activities.models import Activity
from samtall.activities.operations import Part, Proof, WholeActivity
from samtall.demonstration.cast import REGION, Cast
from samtall.demonstration.diary import Diary
from samtall.demonstration.everyday import PROGRAMME
from samtall.kinds.network import operations as networks
from samtall.kinds.network.queries import days_of

PLACES = ("i verkstedet", "på kjøkkenet", "i butikken")
ENTERPRISES = ("Brukskunst UB", "Fjellmat UB", "Ombruk UB")


@dataclass
class Schools:
    """Writes what the schools do into the diary, and what more is known of some networks' meetings."""

    diary: Diary
    cast: Cast

    def write(self) -> None:
        hosts = iter(self.cast.within(*REGION)[100:])
        for year in (2016, 2017, 2018):
            for number in range(3):
                host, school = next(hosts), self.cast.schools[number % 2]
                pupils = Part(role="pupil", organisation=school, head_count=6 + 4 * number)
                parts = [Part(role="host", organisation=host), Part(role="school", organisation=school), pupils]
                trying = WholeActivity(
                    kind="pupil_placement",
                    title=f"YFF {PLACES[number]}",
                    starts=date(year, 2, 5 + number),
                    ends=date(year, 3, 9 + number),
                    municipality=self.cast.home(host),
                    programme=PROGRAMME,
                    details={"days": 5},
                    parts=parts,
                )
                running = replace(
                    trying,
                    kind="youth_enterprise",
                    title=ENTERPRISES[number],
                    starts=date(year - 1, 9, 10 + number),
                    ends=date(year, 5, 20 + number),
                    details={},
                    parts=[Part(role="mentor", organisation=host), *parts[1:]],
                )
                self.over(trying)
                self.over(running)
        self.diary.on(date(2018, 11, 14), self.tell_of_meetings)

    def over(self, whole: WholeActivity) -> None:
        """Record what is over, with the confirmation of the organisation."""
        ended = whole.ends or whole.starts
        proof = Proof(kind="confirmation", description=f"E-post {ended:%d.%m.%Y}", dated=ended)
        told = self.diary.record(
            replace(whole, state=Activity.State.COMPLETED, evidence=[proof]), on=ended + timedelta(days=10)
        )
        self.diary.validate(told, on=ended + timedelta(days=30))

    def tell_of_meetings(self, at: datetime) -> None:
        """Of some networks it is known who came to the last meetings, and what they were about."""
        for network in Activity.objects.filter(kind="network", state="running").order_by("pk")[:3]:
            parts = list(network.participations.order_by("pk"))
            for number, day in enumerate(days_of(network)[-2:]):
                networks.hold(
                    network,
                    on=day,
                    about=("Studentoppgaver og praksis", "Felles prosjekter")[number],
                    place="Studiested Bø",
                    people=len(parts) + 3,
                    attended=parts[: len(parts) - number],
                    by=self.diary.coordinator,
                    at=at,
                )

"""What the demonstration has published: the programme's page, and a report that is being composed. All is made up."""

from dataclasses import dataclass
from datetime import date, datetime, time

from samtall.accounts.models import User
from samtall.base.text import Words
from samtall.demonstration.diary import LAST_DAY, OSLO
from samtall.programmes.models import Programme
from samtall.publications import operations

PUBLISHED = datetime.combine(LAST_DAY, time(15), tzinfo=OSLO)


@dataclass
class Publications:
    """What is published when everything else has happened."""

    programme: Programme
    manager: User
    validator: User

    def write(self) -> None:
        page = operations.begin(
            self.programme,
            "midt-telemark",
            sort="page",
            title=Words.from_dict(self.programme.name),
            starts=self.programme.starts,
            ends=self.programme.ends,
            by=self.manager.signature,
            at=PUBLISHED,
        )
        operations.propose(page, by=self.manager.signature, at=PUBLISHED)
        operations.approve(page, by=self.validator.signature, at=PUBLISHED)
        operations.begin(
            self.programme,
            "sluttrapport",
            sort="report",
            title=Words("Sluttrapport", "Sluttrapport", "Final report"),
            starts=date(self.programme.starts.year, 1, 1),
            ends=self.programme.ends,
            by=self.manager.signature,
            at=PUBLISHED,
        )

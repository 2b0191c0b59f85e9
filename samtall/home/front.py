"""The programmes as the front page shows them."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from samtall.accounts.policy import Visitor, may
from samtall.base.text import Words
from samtall.ledger.moments import query_of
from samtall.programmes import queries
from samtall.programmes.models import Programme
from samtall.programmes.showing import ShownTarget, shown_targets
from samtall.publications.queries import newest_of
from samtall.ui.frame import Link


@dataclass(frozen=True)
class ShownProgramme:
    """A programme, its targets with the figures that measure them, and what it has published."""

    programme: Programme
    name: str
    lead: str
    years: str
    url: str
    targets: list[ShownTarget]
    published: list[Link]


def programmes(user: Visitor, *, as_of: date | None = None) -> list[ShownProgramme]:
    """Every programme, the latest first, with its targets now or as the books stood at the end of a day."""
    found = list(queries.programmes())
    published = newest_of(found)
    return [
        ShownProgramme(
            programme=programme,
            name=str(Words.from_dict(programme.name)),
            lead=str(Words.from_dict(programme.lead)) if programme.lead else "",
            years=f"{programme.starts:%Y}–{programme.ends:%Y}",
            url=reverse("programme", args=[programme.slug]) + query_of(as_of),
            targets=shown_targets(programme, as_of=as_of, with_people=may(user, "figures.people")),
            published=[
                Link(reverse("publication", args=[one.publication.slug]), str(Words.from_dict(one.publication.title)))
                for one in published.get(programme.pk, [])
            ],
        )
        for programme in found
    ]

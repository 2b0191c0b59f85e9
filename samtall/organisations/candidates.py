"""Those who a name may stand for, side by side: what tells them apart, and why each may be the one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from samtall.activities.finding import Party, address_of
from samtall.base.text import search_key
from samtall.identities.models import Suspicion
from samtall.organisations.decisions import probability_in_words
from samtall.organisations.pile import how_active
from samtall.organisations.showing import CodeNames, identity, latest_of, legal_form, link_to
from samtall.parties.matching import Reason
from samtall.parties.models import Establishment, Organisation
from samtall.parties.numbers import format_number
from samtall.ui.frame import Link
from samtall.ui.writing import short_date


@dataclass(frozen=True)
class Possible:
    """Somebody that a name may stand for: the organisation, its work site, how likely in thousandths, and why."""

    organisation: Organisation
    establishment: Establishment | None = None
    probability: int | None = None
    reasons: Sequence[Reason] = ()

    @property
    def party(self) -> Party:
        return self.establishment or self.organisation


@dataclass(frozen=True)
class ShownPossible:
    """One card. `key` is what a form sends back; what is not known is empty."""

    key: str
    link: Link
    site: str
    number: str
    form: str
    municipality: str
    industry: str
    closed: str
    former_names: list[str]
    activities: int
    likely: str
    reasons: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)


def of_suspicions(suspicions: Iterable[Suspicion]) -> list[Possible]:
    """Each organisation once, also where it has since been found to be another."""
    found: dict[int, Possible] = {}
    for one in suspicions:
        organisation = one.organisation.same_as or one.organisation
        reasons = [Reason.from_plain(plain) for plain in one.reasons]
        if organisation.pk != one.subject_id:
            found.setdefault(organisation.pk, Possible(organisation, one.establishment, one.probability, reasons))
    return list(found.values())


def of_parties(parties: Iterable[Party]) -> list[Possible]:
    """Those that a person has searched for: nobody has estimated how likely they are."""
    return [Possible(one.organisation, one) if isinstance(one, Establishment) else Possible(one) for one in parties]


def shown(possible: Sequence[Possible]) -> list[ShownPossible]:
    """Cards, with a constant number of queries."""
    organisations = [one.organisation for one in possible]
    prefetch_related_objects(organisations, "attributes")
    names = CodeNames.of(row for one in organisations if (row := latest_of(one)))
    active = how_active([one.pk for one in organisations])
    return [_shown(one, names, active.get(one.organisation.pk, 0)) for one in possible]


def _shown(one: Possible, names: CodeNames, activities: int) -> ShownPossible:
    organisation, site = one.organisation, one.establishment
    latest = latest_of(organisation)
    return ShownPossible(
        key=address_of(one.party),
        link=link_to(organisation),
        site=f"{site.name} ({format_number(site.number)})" if site else "",
        number=identity(organisation),
        form=legal_form(organisation),
        municipality=names.place(latest),
        industry=names.industry(latest),
        closed=short_date(organisation.closed_on) if organisation.closed_on else "",
        former_names=_former_names(organisation),
        activities=activities,
        likely="" if one.probability is None else probability_in_words(one.probability),
        reasons=[str(reason) for reason in one.reasons if not reason.against],
        against=[str(reason) for reason in one.reasons if reason.against],
    )


def _former_names(organisation: Organisation) -> list[str]:
    """The names that a register has told and that are no longer its, the latest first."""
    rows = sorted(organisation.attributes.all(), key=lambda row: row.valid_from, reverse=True)
    names = {search_key(row.name): row.name for row in rows}
    names.pop(search_key(organisation.name), None)
    return list(names.values())

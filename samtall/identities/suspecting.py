"""Looking for who an organisation may be: writes the worklist of suspicions, which decides nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from samtall.identities.models import Distinction, Suspicion, WrittenName
from samtall.identities.queries import undecided
from samtall.parties.matching import Candidate, Reason, Sought, find
from samtall.parties.models import Organisation, OrganisationAttributes, Succession
from samtall.parties.queries import organisation_by_number

#: Which of some organisations (ids) take part in something: only those can make a count too high.
TakingPart = Callable[[Iterable[int]], set[int]]

#: From which probability on somebody is shown beside a name, and how many at most.
WORTH_SHOWING, MOST_SHOWN = 0.01, 6
#: From which probability on two organisations with a number each are worth a person's time.
WORTH_ASKING = 0.5


def suspect(names: Iterable[Organisation], *, at: datetime) -> None:
    """Look anew for who these names without a number may be.

    What is decided is left alone, and so are pairs that somebody has told apart.
    """
    asked = list(undecided(one.pk for one in names).order_by("pk"))
    hints = {one.organisation_id: one for one in WrittenName.objects.filter(organisation__in=asked)}
    found = find([_as_written(one, hints.get(one.pk)) for one in asked])
    rows = [
        _suspicion(one.pk, candidate.organisation, candidate, at)
        for one, finding in zip(asked, found, strict=True)
        for candidate in finding.candidates[:MOST_SHOWN]
        if candidate.probability >= WORTH_SHOWING
    ]
    with transaction.atomic():
        Suspicion.objects.filter(subject__in=asked).delete()
        _keep(rows)


def suspect_duplicates(organisations: Iterable[Organisation], *, taking_part: TakingPart, at: datetime) -> None:
    """Look anew for whether these organisations, each with a number, are the same as another that takes part.

    Of two, the one that is closed, or else the one we have known the shortest, may be the other. Those that followed
    each other, and a department and its owner, are two on purpose (R4, R2).
    """
    asked = {one.pk: one for one in organisations if one.number and one.same_as_id is None}
    pairs = {(one, candidate.organisation): candidate for one, candidate in _candidates(asked.values())}
    here = taking_part(other for _one, other in pairs)
    everyone = Organisation.objects.in_bulk(here & {other for _one, other in pairs} | set(asked))
    on_purpose = _on_purpose(everyone.values())
    rows = [
        _suspicion(*_in_order(everyone[one], everyone[other]), candidate, at)
        for (one, other), candidate in pairs.items()
        if other in here and one != other and frozenset((one, other)) not in on_purpose
    ]
    with transaction.atomic():
        about = Q(subject__in=asked) | Q(organisation__in=asked)
        Suspicion.objects.filter(about).exclude(subject__number="").delete()
        _keep(rows)


def _candidates(asked: Iterable[Organisation]) -> Iterator[tuple[int, Candidate]]:
    asked = list(asked)
    latest = {row.organisation_id: row for row in _attributes_of(asked)}
    for one, finding in zip(asked, find([_as_registered(one, latest.get(one.pk)) for one in asked]), strict=True):
        yield from ((one.pk, each) for each in finding.candidates if each.probability >= WORTH_ASKING)
        if same := _same_number(one):
            yield one.pk, Candidate(same.pk, None, 0.99, (Reason.of("same_number"),))


def _attributes_of(organisations: Iterable[Organisation]) -> Iterable[OrganisationAttributes]:
    """Oldest first, so that the latest remains."""
    return OrganisationAttributes.objects.filter(organisation__in=organisations).order_by("valid_from")


def _same_number(one: Organisation) -> Organisation | None:
    """The Norwegian organisation whose number a foreign one has."""
    return organisation_by_number(one.number) if one.country != "NO" else None


def _as_written(one: Organisation, hints: WrittenName | None) -> Sought:
    if hints is None:
        return Sought(one.name)
    return Sought(
        one.name,
        municipality=hints.municipality,
        postal_code=hints.postal_code,
        address=hints.address,
        web=hints.domain,
        on=hints.day,
    )


def _as_registered(one: Organisation, said: OrganisationAttributes | None) -> Sought:
    if said is None:
        return Sought(one.name)
    return Sought(one.name, municipality=said.municipality, postal_code=said.postal_code, web=said.domain)


def _on_purpose(organisations: Iterable[Organisation]) -> set[frozenset[int]]:
    pks = [one.pk for one in organisations]
    links = Succession.objects.filter(predecessor__in=pks, successor__in=pks)
    followed = {frozenset(pair) for pair in links.values_list("predecessor_id", "successor_id")}
    return followed | {frozenset((one.pk, one.part_of_id)) for one in organisations if one.part_of_id}


def _in_order(one: Organisation, other: Organisation) -> tuple[int, int]:
    """Which of two may be the other: the foreign, the closed, or the newer one."""
    kept, doubted = sorted((one, other), key=lambda unit: (unit.country != "NO", unit.closed_on is not None, unit.pk))
    return doubted.pk, kept.pk


def _suspicion(subject: int, organisation: int, candidate: Candidate, at: datetime) -> Suspicion:
    return Suspicion(
        subject_id=subject,
        organisation_id=organisation,
        establishment_id=candidate.establishment if candidate.organisation == organisation else None,
        probability=round(candidate.probability * 1000),
        reasons=[reason.to_plain() for reason in candidate.reasons],
        found_at=at,
    )


def _keep(rows: Sequence[Suspicion]) -> None:
    """Save those that nobody has said are not the same, each pair once with its highest probability."""
    pairs = {(row.subject_id, row.organisation_id): row for row in sorted(rows, key=lambda row: row.probability)}
    subjects = [subject for subject, _other in pairs]
    apart = Distinction.objects.filter(Q(first__in=subjects) | Q(second__in=subjects), withdrawn_at__isnull=True)
    told = {frozenset(pair) for pair in apart.values_list("first_id", "second_id")}
    Suspicion.objects.bulk_create(
        [row for pair, row in pairs.items() if frozenset(pair) not in told],
        update_conflicts=True,
        unique_fields=["subject", "organisation"],
        update_fields=["establishment", "probability", "reasons", "found_at"],
    )

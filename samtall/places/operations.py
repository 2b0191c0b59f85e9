"""What can be done with places: learn their history, from the built-in facts or from Statistics Norway."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from samtall.base.text import Words
from samtall.places.facts import History, Move, RegionFacts, Span, telemark
from samtall.places.models import Municipality, MunicipalityName, Region, RegionMember, Transfer


@dataclass(frozen=True)
class Learnt:
    """How much was new or different from what was known."""

    names: int
    transfers: int


def ensure_builtin(at: datetime) -> Learnt:  # noqa: ARG001 (every operation is told the time)
    """See to it that Telemark's municipalities from 2010 and the region `midt-telemark` are known."""
    return learn(telemark())


def learn(history: History) -> Learnt:
    """Add what a history tells to what is known; learning it twice changes nothing.

    A municipality is recognised by any code it has had, and a known code stays with its municipality. Known transfers
    are kept as they are: what people looked up is better than what is derived from a list of codes.
    """
    with transaction.atomic():
        known = {(name.code, name.valid_from): name for name in MunicipalityName.objects.all()}
        owner = {name.code: name.municipality_id for name in known.values()}
        news: list[MunicipalityName] = []
        for spans in history.municipalities:
            pk = next((owner[span.code] for span in spans if span.code in owner), None)
            pk = pk or Municipality.objects.create().pk
            for span in spans:
                owner.setdefault(span.code, pk)
                if name := _news(span, owner[span.code], known):
                    news.append(name)
        _save(news)
        transfers = _learn_transfers(history.moves, owner)
        for region in history.regions:
            _learn_region(region, owner)
    return Learnt(len(news), transfers)


def _news(span: Span, municipality: int, known: dict[tuple[str, date], MunicipalityName]) -> MunicipalityName | None:
    """The name as it is told now, when that is not what is known."""
    name = known.get((span.code, span.valid_from)) or MunicipalityName(code=span.code, valid_from=span.valid_from)
    said = (municipality, span.name, span.valid_to)
    if name.pk and (name.municipality_id, name.name, name.valid_to) == said:
        return None
    name.municipality_id, name.name, name.valid_to = said
    name.clean_fields(exclude={"municipality"})  # it is there; to ask for each would be slow
    return name


def _save(names: list[MunicipalityName]) -> None:
    for name in names:
        if name.pk:
            name.save()
    MunicipalityName.objects.bulk_create([name for name in names if not name.pk])


def _learn_transfers(moves: Sequence[Move], owner: dict[str, int]) -> int:
    """Keep those that are not known yet; gives how many."""
    known = set(Transfer.objects.values_list("origin_id", "target_id", "on"))
    told = {(owner[move.origin], owner[move.target], move.on): move for move in reversed(moves)}
    new = [
        Transfer(origin_id=origin, target_id=target, on=on, extent=move.extent, note=move.note)
        for (origin, target, on), move in told.items()
        if (origin, target, on) not in known
    ]
    return len(Transfer.objects.bulk_create(new))


def _learn_region(facts: RegionFacts, owner: dict[str, int]) -> None:
    """A region that is known stays as it is: people may have said something else of it."""
    region, made = Region.objects.get_or_create(
        slug=facts.slug, defaults={"name_nb": facts.nb, "name_nn": facts.nn, "name_en": facts.en}
    )
    members = facts.members if made else ()
    RegionMember.objects.bulk_create(
        RegionMember(region=region, municipality_id=owner[one.code], since=one.since, until=one.until)
        for one in members
    )


def set_region(slug: str, name: Words, municipalities: Iterable[int]) -> Region:
    """Make a region, or say anew what it is called and which municipalities (ids) it has.

    Those that stay keep the dates of their membership. Figures keep the municipalities that they were made with.
    """
    wanted = set(municipalities)
    with transaction.atomic():
        names = {"name_nb": name.nb, "name_nn": name.nn, "name_en": name.en}
        region, _made = Region.objects.update_or_create(slug=slug, defaults=names)
        region.members.exclude(municipality__in=wanted).delete()
        known = set(region.members.values_list("municipality", flat=True))
        RegionMember.objects.bulk_create(
            RegionMember(region=region, municipality_id=one) for one in sorted(wanted - known)
        )
    return region

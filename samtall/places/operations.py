"""What can be done with places: learn their history, from the built-in facts or from Statistics Norway."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from samtall.places.facts import History, RegionFacts, Span, telemark
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
        changed = 0
        for spans in history.municipalities:
            pk = next((owner[span.code] for span in spans if span.code in owner), None)
            pk = pk or Municipality.objects.create().pk
            for span in spans:
                owner.setdefault(span.code, pk)
                changed += _learn_name(span, owner[span.code], known)
        transfers = [
            Transfer.objects.get_or_create(
                origin_id=owner[move.origin],
                target_id=owner[move.target],
                on=move.on,
                defaults={"extent": move.extent, "note": move.note},
            )[1]
            for move in history.moves
        ]
        for region in history.regions:
            _learn_region(region, owner)
    return Learnt(changed, sum(transfers))


def _learn_name(span: Span, municipality: int, known: dict[tuple[str, date], MunicipalityName]) -> bool:
    name = known.get((span.code, span.valid_from)) or MunicipalityName(code=span.code, valid_from=span.valid_from)
    said = (municipality, span.name, span.valid_to)
    if name.pk and (name.municipality_id, name.name, name.valid_to) == said:
        return False
    name.municipality_id, name.name, name.valid_to = said
    name.full_clean()
    name.save()
    return True


def _learn_region(facts: RegionFacts, owner: dict[str, int]) -> None:
    region, _ = Region.objects.update_or_create(
        slug=facts.slug, defaults={"name_nb": facts.nb, "name_nn": facts.nn, "name_en": facts.en}
    )
    for member in facts.members:
        RegionMember.objects.update_or_create(
            region=region,
            municipality_id=owner[member.code],
            defaults={"since": member.since, "until": member.until},
        )

"""What can be done with an edition while it is a draft: its blocks, its period, its title, and its protection.

Every operation raises WrongState once the edition is put forward, and what cannot be said raises Invalid.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.activities.refusals import Invalid
from samtall.base.text import Words
from samtall.figures.models import FigureVersion
from samtall.publications.blocks import GROUPINGS, PARTS, SORTS, may_be_published
from samtall.publications.models import Block, Edition, Step
from samtall.publications.operations import lock, note, refuse_taken
from samtall.publications.refusals import ChangedMeanwhile, TooMuch, WrongState

#: How many blocks an edition has at most.
MOST = 300
WEB = ("https://", "http://")


def add(
    edition: Edition, sort: str, said: Mapping[str, Any], *, after: int | None = None, by: str, at: datetime
) -> Block:
    """A new block after the one with this id, or first of all."""
    with transaction.atomic():
        lock(edition, Edition.State.DRAFT)
        _refuse_nonsense(sort, said)
        if edition.blocks.count() >= MOST:
            raise TooMuch(_("An edition has at most %(most)d blocks. Take one out first.") % {"most": MOST})
        block = Block(edition=edition, ordering=0, sort=sort, said=dict(said), changed_by=by, changed_at=at)
        block.save()
        order = [one.pk for one in edition.blocks.exclude(pk=block.pk)]
        place = order.index(after) + 1 if after in order else 0
        _arrange(edition, [*order[:place], block.pk, *order[place:]])
    block.refresh_from_db()
    return block


def change(block: Block, said: Mapping[str, Any], *, revision: int, by: str, at: datetime) -> Block:
    """Let a block say something else. Raises ChangedMeanwhile unless `revision` is the one that stands."""
    with transaction.atomic():
        _hold(block)
        if revision != block.revision:
            raise ChangedMeanwhile(
                _("Somebody else changed this meanwhile. What they wrote stands above. Put both together and save.")
            )
        _refuse_nonsense(block.sort, said)
        block.said, block.revision = dict(said), block.revision + 1
        block.changed_by, block.changed_at = by, at
        block.save(update_fields=["said", "revision", "changed_by", "changed_at"])
    return block


def move(block: Block, *, up: bool, by: str, at: datetime) -> Block:
    """Let a block change places with the one above or below; the first and the last stay where they are."""
    with transaction.atomic():
        edition = _hold(block)
        order = [one.pk for one in edition.blocks.all()]
        place = order.index(block.pk)
        other = place - 1 if up else place + 1
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
            _arrange(edition, order)
            Block.objects.filter(pk=block.pk).update(changed_by=by, changed_at=at)
        block.refresh_from_db()
    return block


def remove(block: Block, *, by: str, at: datetime) -> Block:
    """Take a block out. It is kept beside, with what is said of it, until it is put back."""
    with transaction.atomic():
        edition = _hold(block)
        block.edition, block.removed_from = None, edition
        block.changed_by, block.changed_at = by, at
        block.save(update_fields=["edition", "removed_from", "changed_by", "changed_at"])
        _arrange(edition, [one.pk for one in edition.blocks.all()])
    return block


def put_back(block: Block, *, by: str, at: datetime) -> Block:
    """Put a block that was taken out back where it stood."""
    with transaction.atomic():
        if block.removed_from is None:
            raise WrongState(_("It stands in the edition already."))
        edition = block.removed_from
        lock(edition, Edition.State.DRAFT)
        if edition.blocks.count() >= MOST:
            raise TooMuch(_("An edition has at most %(most)d blocks. Take one out first.") % {"most": MOST})
        order, place = [one.pk for one in edition.blocks.all()], block.ordering - 1
        block.edition, block.removed_from = edition, None
        block.changed_by, block.changed_at = by, at
        block.save(update_fields=["edition", "removed_from", "changed_by", "changed_at"])
        _arrange(edition, [*order[:place], block.pk, *order[place:]])
    block.refresh_from_db()
    return block


def reframe(
    edition: Edition, *, starts: date, ends: date, title: Words, protection: str, by: str, at: datetime
) -> Edition:
    """Change the period, the title of the publication, and how counts of a few people are protected.

    Raises PeriodTaken. What was frozen earlier keeps the title it had.
    """
    with transaction.atomic():
        lock(edition, Edition.State.DRAFT)
        refuse_taken(edition.publication, starts, ends, but=edition)
        edition.starts, edition.ends, edition.protection = starts, ends, protection
        edition.save(update_fields=["starts", "ends", "protection"])
        edition.publication.title = title.as_dict()
        edition.publication.save(update_fields=["title"])
        note(edition, Step.What.REFRAMED, by=by, at=at)
    return edition


def _hold(block: Block) -> Edition:
    """The edition that a block stands in, for nobody else to change; the block as it is now."""
    edition = Edition.objects.filter(blocks=block.pk).first()
    if edition is not None:
        lock(edition, Edition.State.DRAFT)
    block.refresh_from_db()
    if edition is None or block.edition_id != edition.pk:
        raise WrongState(_("Somebody has taken this block out meanwhile. Put it back first; it stands on the desk."))
    return edition


def _arrange(edition: Edition, order: list[int]) -> None:
    """Number the blocks of an edition from one on, in this order."""
    places = {pk: place for place, pk in enumerate(order, start=1)}
    blocks = list(edition.blocks.all())
    for block in blocks:
        block.ordering = places[block.pk]
    Block.objects.bulk_update(blocks, ["ordering"])


def _refuse_nonsense(sort: str, said: Mapping[str, Any]) -> None:
    if sort not in SORTS:
        raise Invalid({"sort": _("Choose what to add.")})
    if sort in ("heading", "text", "link") and not (said["text"].get("nb") or said["text"].get("nn")):
        raise Invalid({"text_nb": _("Write it in bokmål or nynorsk. The other languages can come later.")})
    if sort == "link" and not said["url"].startswith(WEB):
        raise Invalid({"url": _("Write the whole address, with https:// first.")})
    if sort == "part" and said["part"] not in PARTS:
        raise Invalid({"part": _("Choose which part of the programme it is.")})
    if sort == "figure":
        _refuse_figure(said)


def _refuse_figure(said: Mapping[str, Any]) -> None:
    versions = FigureVersion.objects.select_related("figure")
    version = versions.filter(figure__slug=said["figure"], number=said["version"]).first()
    if version is None:
        raise Invalid({"version": _("There is no such version of the figure. Choose another.")})
    if not may_be_published(version):
        raise Invalid({"version": _("This figure is not open to everybody, so it cannot be published.")})
    if not set(said["groupings"]) <= {str(one) for one in GROUPINGS}:
        raise Invalid({"groupings": _("Choose divisions from the list.")})

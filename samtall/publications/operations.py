"""What can be done with publications: begin an edition, freeze and put it forward, approve or send back, withdraw."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.activities.refusals import Invalid, ReasonMissing
from samtall.base.text import Words
from samtall.ledger import queries as ledger
from samtall.programmes.models import Programme
from samtall.publications import blocks, freezing, queries, signing, telling
from samtall.publications.models import Block, Edition, Publication, Step
from samtall.publications.overlapping import refuse_told_elsewhere
from samtall.publications.refusals import (
    ChangedMeanwhile,
    NothingToSay,
    NotIndependent,
    NotOpen,
    NotTheSame,
    PeriodTaken,
    WrongState,
)
from samtall.witnesses.operations import send_checkpoint

#: How many calendar years an edition is of at most: each has its periods.
LONGEST = 50
#: The years in which an edition can be.
EARLIEST, LATEST = 1900, 2199


def begin(
    programme: Programme, slug: str, *, sort: str, title: Words, starts: date, ends: date, by: str, at: datetime
) -> Edition:
    """A new publication and its first edition, with the chapters that such a one has. Raises Invalid."""
    with transaction.atomic():
        said = {"programme": programme, "sort": sort, "title": title.as_dict(), "made_by": by, "made_at": at}
        publication, new = Publication.objects.get_or_create(slug=slug, defaults=said)
        if not new:
            raise Invalid({"slug": _("There is a publication with this address already. Choose another.")})
        return begin_edition(publication, starts=starts, ends=ends, by=by, at=at)


def begin_edition(publication: Publication, *, starts: date, ends: date, by: str, at: datetime) -> Edition:
    """The next edition, with what the last one was composed of. Raises PeriodTaken, and Invalid for a wrong order."""
    with transaction.atomic():
        refuse_taken(publication, starts, ends)
        last = publication.editions.first()
        edition = Edition.objects.create(
            publication=publication,
            number=last.number + 1 if last else 1,
            starts=starts,
            ends=ends,
            protection=last.protection if last else Edition.Protection.ROUNDED,
        )
        composed = (
            [(one.sort, one.said) for one in last.blocks.all()]
            if last
            else blocks.beginning(publication.sort, publication.programme)
        )
        Block.objects.bulk_create(
            Block(edition=edition, ordering=place, sort=sort, said=said)
            for place, (sort, said) in enumerate(composed, start=1)
        )
        note(edition, Step.What.BEGUN, by=by, at=at)
    return edition


def propose(edition: Edition, *, by: str, at: datetime) -> Edition:
    """Freeze an edition as the books stand, and put it forward.

    Raises WrongState, NothingToSay, NotOpen, ToldElsewhere, and ChangedMeanwhile by somebody while it was counted.
    """
    edition.refresh_from_db()
    _refuse_unready(edition)
    composed = _composed(edition)
    position, on = ledger.position(), timezone.localdate(at)
    # counted before the transaction, for nobody's writing to wait for it; as of a position it can be done at any time
    frozen = freezing.written(freezing.frozen(edition, position=position, at=at, on=on))
    with transaction.atomic():
        lock(edition, Edition.State.DRAFT)
        if _composed(edition) != composed:
            raise ChangedMeanwhile(
                _("Somebody changed it while it was counted. Read it again, and put it forward then.")
            )
        edition.position, edition.on = position, on
        edition.frozen, edition.checksum = frozen, freezing.checksum(frozen)
        refuse_told_elsewhere(edition)
        edition.state = Edition.State.PROPOSED
        edition.save()
        telling.ask_approvers(edition, note(edition, Step.What.PROPOSED, by=by, at=at))
    return edition


def _refuse_unready(edition: Edition) -> None:
    if edition.state != Edition.State.DRAFT:
        raise _wrong_state(edition)
    if not edition.blocks.exists():
        raise NothingToSay(_("There is nothing in this edition yet. Add a text or a figure first."))
    if closed := blocks.closed_in(edition):
        raise NotOpen(
            _("“%(figure)s” is not open to everybody. Take it out, or make an open figure from it.")
            % {"figure": Words.from_dict(closed[0].name)}
        )


def _composed(edition: Edition) -> list[Any]:
    """All that somebody may have chosen of an edition."""
    title = edition.publication.title
    parts = edition.blocks.order_by("ordering", "pk").values_list("sort", "said")
    return [edition.starts, edition.ends, edition.protection, title, *parts]


def send_back(edition: Edition, *, why: str, by: str, at: datetime) -> Edition:
    """Thaw an edition that was put forward, so that it can be changed. Raises WrongState, and ReasonMissing."""
    _refuse_silence(why)
    with transaction.atomic():
        lock(edition, Edition.State.PROPOSED)
        edition.frozen = edition.checksum = ""
        edition.position = edition.on = None
        edition.state = Edition.State.DRAFT
        edition.save()
        telling.tell_authors(edition, note(edition, Step.What.RETURNED, why=why, by=by, at=at))
    return edition


def approve(edition: Edition, *, checksum: str | None = None, by: str, at: datetime) -> Edition:
    """Publish what was put forward, to the byte. Raises WrongState, and NotIndependent for who put it forward.

    `checksum` is that of the words the approver has read; NotTheSame when others stand there now. A program that has
    just put an edition forward may leave it out.
    """
    with transaction.atomic():
        lock(edition, Edition.State.PROPOSED)
        if checksum is not None and checksum != edition.checksum:
            raise NotTheSame(_("This is not what you have read: it was put forward anew. Read it again, then approve."))
        if by in queries.who_made(edition):
            raise NotIndependent(_("Somebody else must approve this: you have put it forward."))
        refuse_told_elsewhere(edition)
        edition.state = Edition.State.PUBLISHED
        edition.checkpoint = signing.checkpoint_of(edition)
        edition.save(update_fields=["state", "checkpoint"])
        telling.tell_authors(edition, note(edition, Step.What.PUBLISHED, by=by, at=at))
        _tell_witnesses(edition, at)
    return edition


def _tell_witnesses(edition: Edition, at: datetime) -> None:
    """Those whom the partners name get the checkpoint, so that what is published can be held against it later."""
    title = Words.from_dict(edition.publication.title)
    reason = Words(f"Publisert: {title.nb}", f"Publisert: {title.nn}", f"Published: {title.en}")
    send_checkpoint(reason, occasion=f"edition:{edition.pk}", note=edition.checkpoint, at=at)


def withdraw(edition: Edition, *, why: str, by: str, at: datetime) -> Edition:
    """Say of a published edition that it no longer holds, and why. It stays where it is. Raises WrongState."""
    _refuse_silence(why)
    with transaction.atomic():
        lock(edition, Edition.State.PUBLISHED)
        edition.state = Edition.State.WITHDRAWN
        edition.save(update_fields=["state"])
        note(edition, Step.What.WITHDRAWN, why=why, by=by, at=at)
    return edition


def lock(edition: Edition, state: str) -> None:
    """Read an edition again, for nobody else to change. Raises WrongState unless it is in this state."""
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
    if edition.state != state:
        raise _wrong_state(edition)


def _wrong_state(edition: Edition) -> WrongState:
    said = {"state": edition.get_state_display()}
    return WrongState(_("Somebody has been here before you: this edition is “%(state)s” now.") % said)


def refuse_taken(publication: Publication, starts: date, ends: date, *, but: Edition | None = None) -> None:
    """Raises PeriodTaken where another edition has the period, and Invalid for a wrong order or too long a time.

    Nobody else begins or reframes an edition of the publication until the transaction is over.
    """
    Publication.objects.select_for_update().get(pk=publication.pk)
    if ends < starts:
        raise Invalid({"ends": _("The last day comes before the first. Correct one of them.")})
    if not EARLIEST <= starts.year <= ends.year <= LATEST:
        said = {"earliest": EARLIEST, "latest": LATEST}
        raise Invalid({"starts": _("Choose days between %(earliest)d and %(latest)d.") % said})
    if ends.year - starts.year >= LONGEST:
        raise Invalid({"ends": _("That is more than %(years)d years. Correct one of the days.") % {"years": LONGEST}})
    others = publication.editions.filter(starts=starts, ends=ends).exclude(state=Edition.State.WITHDRAWN)
    if any(one != but for one in others):
        raise PeriodTaken(
            _("There is an edition of this period already. What has changed since stands in its corrections.")
        )


def _refuse_silence(why: str) -> None:
    if not why.strip():
        raise ReasonMissing(_("Write why."))


def note(edition: Edition, what: str, *, why: str = "", by: str, at: datetime) -> Step:
    """Write down what was done with an edition."""
    return Step.objects.create(edition=edition, what=what, why=why.strip(), by=by, at=at)

"""What can be asked of publications."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from samtall.accounts.models import User
from samtall.accounts.policy import Visitor, may
from samtall.programmes.models import Programme
from samtall.publications.models import PUBLIC, Block, Comment, Edition, ReadingLink, Step


def published() -> QuerySet[Edition]:
    """Every edition that everybody may read, the latest first; withdrawn ones too, which say that they are."""
    editions = Edition.objects.filter(state__in=PUBLIC).select_related("publication__programme__region")
    return editions.order_by("publication__slug", "-number")


def all_editions() -> QuerySet[Edition]:
    """Every edition, for those who compose, comment and approve."""
    editions = Edition.objects.select_related("publication__programme__region")
    return editions.order_by("publication__slug", "-number")


def newest_of(programmes: Iterable[Programme]) -> dict[int, list[Edition]]:
    """The newest edition of each publication of some programmes, by the programme's id; none that is withdrawn."""
    newest: dict[int, Edition] = {}
    editions = published().filter(publication__programme__in=programmes, state=Edition.State.PUBLISHED)
    for edition in editions.defer("frozen"):
        newest.setdefault(edition.publication_id, edition)
    found: dict[int, list[Edition]] = {}
    for edition in newest.values():
        found.setdefault(edition.publication.programme_id, []).append(edition)
    return found


def who_made(edition: Edition) -> set[str]:
    """Who began, composed or put forward the edition as it is now: four eyes, so none of them approves it."""
    made = (Step.What.BEGUN, Step.What.REFRAMED, Step.What.PROPOSED)
    composed = Block.objects.filter(Q(edition=edition) | Q(removed_from=edition)).exclude(changed_by="")
    return {
        *edition.steps.filter(what__in=made).values_list("by", flat=True),
        *composed.values_list("changed_by", flat=True),
    }


def previous(edition: Edition) -> Edition | None:
    """The edition before this one that everybody may read."""
    earlier = edition.publication.editions.filter(number__lt=edition.number, state__in=PUBLIC)
    return earlier.order_by("-number").first()


def comments_of(edition: Edition) -> list[Comment]:
    """What has been said of an edition, oldest first, with its answers; what is settled too."""
    said = edition.comments.filter(answers=None).select_related("block")
    return list(said.prefetch_related("replies"))


# What waits for somebody


def comments_waiting(user: Visitor) -> QuerySet[Comment]:
    """What others have said of editions on their way and nobody has settled, for those who compose."""
    if not isinstance(user, User) or not may(user, "publications.write"):
        return Comment.objects.none()
    on_their_way = (Edition.State.DRAFT, Edition.State.PROPOSED)
    waiting = Comment.objects.filter(answers=None, settled_at=None, edition__state__in=on_their_way)
    return waiting.exclude(by=user.signature).select_related("edition__publication")


def to_approve(user: Visitor) -> list[Edition]:
    """Editions that wait for this user's approval: not those that they have made themselves."""
    if not isinstance(user, User) or not may(user, "publications.approve"):
        return []
    proposed = all_editions().filter(state=Edition.State.PROPOSED)
    return [one for one in proposed if user.signature not in who_made(one)]


def sent_back_to(user: Visitor) -> list[tuple[Edition, str]]:
    """Drafts that this user put forward and that were sent back last of all, with why."""
    if not isinstance(user, User) or not may(user, "publications.write"):
        return []
    drafts = all_editions().filter(state=Edition.State.DRAFT, steps__what=Step.What.PROPOSED, steps__by=user.signature)
    returned = []
    for edition in drafts.distinct():
        last = edition.steps.filter(what__in=(Step.What.PROPOSED, Step.What.RETURNED)).last()
        if last and last.what == Step.What.RETURNED:
            returned.append((edition, last.why))
    return returned


# Links


def token_hash(token: str) -> str:
    """What is kept of a link. The token is 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_opened_by(token: str, on: date) -> ReadingLink | None:
    """The link that a token opens on a day; None when there is none, or it has ended."""
    open_now = ReadingLink.objects.filter(token_hash=token_hash(token), ended_at=None, ends__gte=on)
    return open_now.select_related("edition__publication", "publication").first()


def read_by(link: ReadingLink) -> Edition | None:
    """What a link shows now: its edition, or its publication's latest that is put forward; None while none is."""
    if link.edition_id:
        return all_editions().filter(pk=link.edition_id).exclude(frozen="").first()
    editions = all_editions().filter(publication=link.publication_id).exclude(frozen="")
    return editions.exclude(state=Edition.State.WITHDRAWN).first()


def links() -> QuerySet[ReadingLink]:
    """Every link that was ever given, the latest first."""
    return ReadingLink.objects.select_related("edition__publication", "publication")

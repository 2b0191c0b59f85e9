"""What can be asked about letters."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from samtall.mail.models import IncomingLetter, Letter


def letters(*, text: str = "", state: str = "") -> QuerySet[Letter]:
    """Newest first: in a state, and with a text in the address or the subject or being what they are about."""
    found = Letter.objects.order_by("-written_at", "-pk").defer("text")
    if text:
        found = found.filter(
            Q(to__icontains=text) | Q(about=text) | Q(about__startswith=f"{text}:") | Q(subject__icontains=text)
        )
    return found.filter(state=state) if state else found


def letters_about(source: str) -> QuerySet[Letter]:
    """A case's letters, oldest first, with what happened to each in `records`."""
    return Letter.objects.filter(about=source).prefetch_related("records").order_by("written_at", "pk")


def answers_about(source: str) -> QuerySet[IncomingLetter]:
    """What has come in and is filed with a case, oldest first."""
    filed = IncomingLetter.objects.filter(about=source, state=IncomingLetter.State.FILED)
    return filed.defer("raw").order_by("received_at", "pk")


def answers(*, state: str = "") -> QuerySet[IncomingLetter]:
    """What has come in, newest first."""
    found = IncomingLetter.objects.defer("raw", "text").order_by("-received_at", "-pk")
    return found.filter(state=state) if state else found


def is_known_source(source: str) -> bool:
    """Whether a letter has been about it."""
    return bool(source) and Letter.objects.filter(about=source).exists()


def due(at: datetime) -> QuerySet[Letter]:
    """What can be sent now, in the order of its turn.

    Nobody gets a later letter before an earlier one that is due: of what waits for one address only the first is here.
    """
    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    tried_or_due = Q(tries__gt=0) | Q(due_at__lte=at)
    earlier = waiting.filter(tried_or_due, to=OuterRef("to"), pk__lt=OuterRef("pk"))
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return waiting.filter(free, ~Exists(earlier), due_at__lte=at).order_by("due_at", "pk")

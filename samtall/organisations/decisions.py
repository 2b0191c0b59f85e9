"""How it is shown what was said of who is who: in the log, and on the pages of those it was said of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.accounts.signatures import names_of
from samtall.identities.models import Decision, Distinction, Identification
from samtall.organisations.showing import link_to
from samtall.parties.matching import Reason
from samtall.ui.frame import Link

#: Where a decision was made, beside imports.
REVIEW, PAGE = "review", "page"


@dataclass(frozen=True)
class ShownDecision:
    """A decision as a line: what was said of whom, by whom and why; `withdraw_url` while it stands."""

    subject: Link
    said: str
    other: Link | None
    at: datetime
    who: str
    ground: list[str]
    withdraw_url: str
    withdrawn_at: datetime | None
    withdrawn_who: str
    withdrawn_because: str


def shown(decisions: Iterable[Decision]) -> list[ShownDecision]:
    """Decisions with the names of who made them; one query for those."""
    several = list(decisions)
    names = names_of(signature for one in several for signature in (one.by, one.withdrawn_by))
    return [_shown(one, names) for one in several]


def _shown(one: Decision, names: dict[str, str]) -> ShownDecision:
    subject, said, other, address = _content(one)
    return ShownDecision(
        subject=subject,
        said=said,
        other=other,
        at=one.at,
        who=_who(one, names),
        ground=ground_of(one),
        withdraw_url=reverse(address, args=[one.pk]) if one.stands else "",
        withdrawn_at=one.withdrawn_at,
        withdrawn_who=names.get(one.withdrawn_by, "Samtall") if one.withdrawn_by else "",
        withdrawn_because=one.withdrawn_because,
    )


def _content(one: Decision) -> tuple[Link, str, Link | None, str]:
    if isinstance(one, Distinction):
        return link_to(one.first), _("is not the same as"), link_to(one.second), "distinction-withdraw"
    if not isinstance(one, Identification):
        raise TypeError(one)
    subject = link_to(one.subject)
    if one.organisation is None:
        return subject, _("stands in no register"), None, "identification-withdraw"
    target = link_to(one.organisation)
    if one.establishment:
        target = Link(
            target.url, _("%(site)s, of %(organisation)s") % {"site": one.establishment, "organisation": target.label}
        )
    return subject, _("is the same as"), target, "identification-withdraw"


def _who(one: Decision, names: dict[str, str]) -> str:
    if isinstance(one, Identification) and one.automatic:
        return _("Samtall by itself")
    return names.get(one.by, "Samtall")


def ground_of(one: Decision) -> list[str]:
    """What a decision rests on, as short texts: where it was made, how probable it was, and the reasons."""
    said = [text] if (text := place_of(one.source)) else []
    if isinstance(one, Identification) and one.probability is not None:
        said.append(probability_in_words(one.probability))
        said += [str(Reason.from_plain(plain)) for plain in one.reasons]
    return said


def place_of(source: str) -> str:
    """Where something was said or first written, for people."""
    prefix, _colon, number = source.partition(":")
    if prefix == "import":
        return _("import %(number)s") % {"number": number} if number else _("an import")
    return {
        REVIEW: _("the clearing up of names"),
        PAGE: _("the page of the organisation"),
        "form": _("written in a form"),
    }.get(prefix, source)


def probability_in_words(thousandths: int) -> str:
    """How likely it is, in words, with the estimate beside them: "very likely (97 %)"."""
    percent = min(thousandths // 10, 99)
    if thousandths >= 990:
        words = _("almost certain")
    elif thousandths >= 900:
        words = _("very likely")
    elif thousandths >= 600:
        words = _("likely")
    elif thousandths >= 300:
        words = _("possible")
    else:
        words = _("less likely")
    return _("%(words)s (%(percent)s per cent)") % {"words": words, "percent": percent}

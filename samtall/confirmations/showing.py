"""How confirmations are shown to those who record, and on the page of the activity."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.accounts.policy import Visitor
from samtall.activities import registry
from samtall.activities.kind import Evidence, Kind, Role
from samtall.activities.models import Activity, Participation
from samtall.activities.panels import Panel
from samtall.activities.queries import reaches
from samtall.activities.statements import PARTICIPATIONS
from samtall.confirmations.models import Request
from samtall.confirmations.operations import OVER
from samtall.ledger.facts import Side
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Table
from samtall.ui.writing import short_date

Answer = Request.Answer


def panel_of(activity: Activity, reader: Visitor) -> Panel | None:
    """Which sides have confirmed and which have not, where a confirmation counts and there is something to confirm."""
    kind = registry.kind(activity.kind)
    if Evidence.CONFIRMATION not in kind.evidence or activity.step == Activity.Step.WITHDRAWN:
        return None
    requests = list(activity.confirmations.order_by("pk"))
    if not requests and activity.state not in OVER:
        return None
    sides = [(Side.EDUCATION, _("Education")), (Side.OUTSIDE, _("Outside education"))]
    present = {role.side for role in kind.roles}
    rows = [(label, side_status(requests, kind, side)) for side, label in sides if side in present]
    links = [Link(reverse("activity-confirmations", args=[activity.pk]), _("Ask, and see the answers"))]
    return Panel(
        heading=_("Confirmations"),
        table=Table(_("Confirmations"), [Column(_("Side")), Column(_("Status"))], rows, caption_hidden=True),
        links=links if reaches(reader, "activities.record", activity) else (),
    )


def side_status(requests: Iterable[Request], kind: Kind, side: Side) -> str:
    """Whether somebody on a side has confirmed; if not, how far it has come."""
    theirs = [one for one in requests if _side(kind, one.role) is side and one.revoked_at is None]
    for wanted in (Answer.CONFIRMED, Answer.NOT_RIGHT, ""):
        for one in theirs:
            if one.answer == wanted:
                return status(one)
    return _("Not asked")


def status(request: Request) -> str:
    """How it stands with a request, in words."""
    if request.answered_at is not None:
        day = {"day": short_date(request.answered_at)}
        if request.answer == Answer.CONFIRMED:
            return _("Confirmed on %(day)s") % day
        if request.settled_at is not None:
            return _("Said on %(day)s that something was not right; looked into") % day
        return _("Said on %(day)s that something is not right") % day
    if request.revoked_at is not None:
        return _("Revoked on %(day)s") % {"day": short_date(request.revoked_at)}
    if request.reminded_at is not None:
        return _("Asked on %(asked)s, reminded on %(reminded)s") % {
            "asked": short_date(request.asked_at),
            "reminded": short_date(request.reminded_at),
        }
    return _("Asked on %(asked)s") % {"asked": short_date(request.asked_at)}


def role_words(request: Request) -> str:
    try:
        return str(registry.kind(request.activity.kind).role(request.role).words)
    except KeyError:
        return request.role


def askable(activity: Activity) -> dict[int, str]:
    """The parts that can be asked, with what to call them: organisations and people with names."""
    kind = registry.kind(activity.kind)
    parts = PARTICIPATIONS.filter(activity=activity)
    return {one.pk: _called(one, kind.role(one.role)) for one in parts if _can_be_asked(one, kind.role(one.role))}


def _can_be_asked(part: Participation, role: Role) -> bool:
    erased = part.person_key is not None and part.person is None
    return role.named and part.head_count is None and not erased


def _called(part: Participation, role: Role) -> str:
    if part.person is None:
        return f"{role.words}: {part.organisation}"
    address = f" ({part.person.email})" if part.person.email else ""
    return f"{role.words}: {part.person}{address}"


def requests_table(requests: Sequence[Request], caption: str) -> Table:
    """Requests of many activities, each with a link to where they are dealt with."""
    columns = [Column(label) for label in (_("Activity"), _("Who"), _("Status"), _("What they say"))]
    rows = [
        (
            Link(reverse("activity-confirmations", args=[one.activity_id]), one.activity.title),
            role_words(one),
            status(one),
            one.text,
        )
        for one in requests
    ]
    return Table(caption, columns, rows, caption_hidden=True)


def _side(kind: Kind, role: str) -> Side | None:
    return next((one.side for one in kind.roles if one.code == role), None)

"""From inquiry to activity: choose a kind, and find its form filled in with what the sender has told."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.models import User
from samtall.accounts.policy import allowed, reach_of, user_of
from samtall.activities import operations as activities
from samtall.activities import registry
from samtall.activities.forms import ActivityForm
from samtall.activities.kind import Kind, PartyType
from samtall.activities.models import Activity
from samtall.activities.queries import reaches
from samtall.activities.stages import PROPOSED
from samtall.activities.views.kinds import known
from samtall.base import clock
from samtall.inquiries import operations, queries
from samtall.inquiries.declaration import read
from samtall.inquiries.models import Inquiry
from samtall.ledger.facts import Side
from samtall.parties.queries import organisation_by_number
from samtall.places.queries import name_of_code
from samtall.ui.asking import ask
from samtall.ui.frame import Link


def _above(inquiry: Inquiry) -> list[Link]:
    return [
        Link(reverse("inquiries"), _("Inquiries")),
        Link(reverse("inquiry", args=[inquiry.number]), inquiry.number),
    ]


def _found(request: HttpRequest, number: str) -> Inquiry:
    return get_object_or_404(queries.within(reach_of(request), request.user).select_related("form"), number=number)


@allowed("inquiries.handle", narrowed=True)
@require_safe
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """The kinds of activity: those that were asked for first."""
    it = _found(request, number)
    kinds = sorted(registry.kinds(), key=lambda one: one.code not in it.kinds)
    choices = [(reverse("inquiry-handover", args=[it.number, one.code]), one, one.code in it.kinds) for one in kinds]
    return render(request, "inquiries/choose.html", {"inquiry": it, "links": _above(it), "choices": choices})


@allowed("inquiries.handle", narrowed=True)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, number: str, code: str) -> HttpResponse:
    it, kind, user = _found(request, number), known(code), user_of(request)
    form = ActivityForm(request.POST or None, kind=kind)
    form.initial.update(_told(it, kind))
    made: list[Activity] = []

    def act() -> None:
        made.append(_hand_over(it, kind, form.said(), user))

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        seen = reaches(user, "activities.read", made[0])
        return redirect("activity", made[0].pk) if seen else redirect("inquiry", it.number)
    heading = _("New activity: %(kind)s") % {"kind": kind.words}
    lead = _("From inquiry %(number)s. What the sender has told is filled in; correct it as you have agreed.")
    return ask(request, form, heading, lead=lead % {"number": it.number}, submit=_("Hand over"), links=_above(it))


def _told(inquiry: Inquiry, kind: Kind) -> dict[str, Any]:
    """What the form of the kind can be filled in with."""
    told = {
        "title": f"{kind.words}: {inquiry.asked_by}",
        "state": Activity.State.PLANNED,
        "municipality": name_of_code(inquiry.municipality) if inquiry.municipality else "",
    }
    levels = [level for level in inquiry.answers.get("level", []) if level in ("bachelor", "master")]
    if len(levels) == 1 and any(field.code == "level" for field in kind.fields):
        told["detail_level"] = levels[0]
    return told


def _hand_over(inquiry: Inquiry, kind: Kind, said: dict[str, Any], user: User) -> Activity:
    """The activity with the organisation that asked and the institution that answered in it, all or nothing."""
    at = clock.now()
    with transaction.atomic():
        begin = activities.propose if _is_proposed(kind, said) else activities.record
        activity = begin(kind.code, **said, origin=inquiry.source, by=user, at=at)
        operations.hand_over(inquiry, activity, by=user, at=at)
        institution = organisation_by_number(read(inquiry.form.text).institution)
        for side, organisation in ((Side.OUTSIDE, inquiry.organisation), (Side.EDUCATION, institution)):
            role = _role_of(kind, side)
            if role and organisation:
                site = inquiry.establishment if side is Side.OUTSIDE else None
                activities.add_participation(
                    activity, role=role, organisation=organisation, establishment=site, by=user, at=at
                )
    return activity


def _is_proposed(kind: Kind, said: dict[str, Any]) -> bool:
    """Whether it begins as a proposal: it has not started, and somebody has to approve of such work first."""
    return said["state"] == Activity.State.PLANNED and any(stage.code == PROPOSED.code for stage in kind.stages)


def _role_of(kind: Kind, side: Side) -> str:
    """The first role of a kind that an organisation on this side plays; "" where there is none."""
    roles = (role.code for role in kind.roles if role.side is side and role.party is PartyType.ORGANISATION)
    return next(roles, "")

"""The page of a network's members and meetings, and what is done there."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed, reach_of
from samtall.activities import registry
from samtall.activities.forms import AskingForm, ReasonForm
from samtall.activities.models import Activity, Participation
from samtall.activities.queries import reaches, within
from samtall.activities.statements import PARTICIPATIONS
from samtall.activities.views.answering import who_and_when
from samtall.base import clock
from samtall.kinds.network import operations, showing
from samtall.kinds.network.forms import LeavingForm, MeetingForm
from samtall.kinds.network.models import Meeting
from samtall.kinds.network.queries import days_of
from samtall.ui.asking import ask
from samtall.ui.frame import Link

FORM = ["GET", "HEAD", "POST"]


@allowed("activities.read", narrowed=True)
@require_safe
def network(request: HttpRequest, pk: int) -> HttpResponse:
    it = _found(request, pk)
    parts = list(PARTICIPATIONS.filter(activity=it))
    meetings = list(it.meetings.prefetch_related("attended__organisation").select_related("evidence"))
    roles = {role.code: str(role.words) for role in registry.kind(it.kind).roles}
    context = {
        "network": it,
        "links": _above(it)[:-1],
        "counting": showing.counting(it, parts),
        "members": showing.shown_members(it, parts, meetings, roles, clock.today()),
        "meetings": showing.shown_meetings(days_of(it), meetings),
        "can_change": reaches(request.user, "activities.record", it) and it.step != Activity.Step.WITHDRAWN,
    }
    return render(request, "network/network.html", context)


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    it = _found(request, pk)
    form = MeetingForm(request.POST or None, network=it, initial={"on": _day(request.GET.get("dag", ""))})
    lead = _("The network is counted by the meetings it has held.")
    if _done(request, form, lambda said: operations.hold(it, **who_and_when(request), **said)):
        return redirect("network", it.pk)
    return ask(request, form, _("A meeting was held"), lead=lead, links=_above(it))


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def change_meeting(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    it = _found(request, pk)
    held = get_object_or_404(Meeting.objects.select_related("activity").filter(activity=it), pk=meeting)
    form = MeetingForm(request.POST or None, network=it, meeting=held)
    if _done(request, form, lambda said: operations.revise_meeting(held, **who_and_when(request), **said)):
        return redirect("network", it.pk)
    return ask(request, form, _("The meeting on %(day)s") % {"day": f"{held.on:%d.%m.%Y}"}, links=_above(it))


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def remove_meeting(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    it = _found(request, pk)
    on = _day(day)
    if on is None or on not in days_of(it):
        raise Http404
    form = ReasonForm(request.POST or None)
    if _done(request, form, lambda said: operations.remove_meeting(it, on=on, **who_and_when(request), **said)):
        return redirect("network", it.pk)
    lead = _("For a meeting that was written by mistake. The network is then counted without it.")
    return ask(
        request, form, _("Remove the meeting on %(day)s") % {"day": f"{on:%d.%m.%Y}"}, lead=lead, links=_above(it)
    )


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def leave(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    it = _found(request, pk)
    member = get_object_or_404(Participation.objects.select_related("activity").filter(activity=it), pk=part)
    form = LeavingForm(request.POST or None, initial={"on": clock.today()})
    if _done(request, form, lambda said: operations.leave(member, **who_and_when(request), **said)):
        return redirect("network", it.pk)
    lead = _("%(member)s counts as a member until and including this day.") % {"member": member.organisation}
    return ask(request, form, _("A member leaves"), lead=lead, links=_above(it))


def _done(request: HttpRequest, form: AskingForm, act: Any) -> bool:
    """Whether the form was answered and the act done."""
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: act(form.cleaned_data)):
        messages.success(request, _("Saved."))
        return True
    return False


def _found(request: HttpRequest, pk: int) -> Activity:
    return get_object_or_404(within(reach_of(request), request.user).filter(kind="network"), pk=pk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _above(it: Activity) -> list[Link]:
    return [
        Link(reverse("activities"), _("Activities")),
        Link(reverse("activity", args=[it.pk]), it.title),
        Link(reverse("network", args=[it.pk]), _("Members and meetings")),
    ]

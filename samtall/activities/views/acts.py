"""What is done with an activity: how it goes, and its steps on the ladder."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from samtall.accounts.policy import allowed
from samtall.activities import operations
from samtall.activities.forms import DayForm, ReasonForm
from samtall.activities.models import Activity, Participation
from samtall.activities.views.answering import act_and_return, ask, found, to_activity, who
from samtall.base import clock

State = Activity.State

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Verb:
    """A change of state: what it is called, what it does, from which states, and whether it wants a reason."""

    label: Any
    lead: Any
    operation: Callable[..., Activity]
    possible_from: tuple[State, ...]
    reason_required: bool = False


VERBS = {
    "startet": Verb(
        gettext_lazy("It has started"),
        gettext_lazy("The day it began becomes its first day."),
        operations.start,
        (State.PLANNED,),
    ),
    "fullfort": Verb(
        gettext_lazy("It is completed"),
        gettext_lazy("The day it was completed becomes its last day."),
        operations.complete,
        (State.RUNNING, State.PLANNED),
    ),
    "avbrutt": Verb(
        gettext_lazy("It was aborted"),
        gettext_lazy("It had started and ended before it was completed. It counts as started, not completed."),
        operations.abort,
        (State.RUNNING,),
        reason_required=True,
    ),
    "avlyst": Verb(
        gettext_lazy("It is cancelled"),
        gettext_lazy("It never started, and is counted nowhere."),
        operations.cancel,
        (State.PLANNED,),
    ),
    "gjenapnet": Verb(
        gettext_lazy("It is not over"),
        gettext_lazy("Open it again when it was closed by mistake."),
        operations.reopen,
        (State.COMPLETED, State.ABORTED, State.CANCELLED),
        reason_required=True,
    ),
}


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def change_state(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    activity, chosen = found(request, pk), VERBS.get(verb)
    if chosen is None:
        raise Http404
    form = DayForm(request.POST or None, reason_required=chosen.reason_required, initial={"on": _likely_day(activity)})

    def act() -> None:
        chosen.operation(activity, by=who(request), at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    return ask(request, form, heading=str(chosen.label), lead=str(chosen.lead), submit=_("Save"), activity=activity)


def _likely_day(activity: Activity) -> Any:
    """The day that is most likely meant: the planned first or last one, or today."""
    day = activity.starts if activity.state == State.PLANNED else activity.ends
    today = clock.today()
    return day if day is not None and day <= today else today


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def drop_out(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    activity = found(request, pk)
    participation = get_object_or_404(Participation.objects.filter(activity=activity), pk=part)
    form = DayForm(request.POST or None)

    def act() -> None:
        operations.drop_out(participation, by=who(request), at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    lead = _("Whoever leaves before the end is out of the count, and counts as started, not completed.")
    return ask(request, form, heading=_("Somebody left"), lead=lead, submit=_("Save"), activity=activity)


@allowed("activities.record", narrowed=True)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    activity = found(request, pk)
    done = _("It is sent in. Someone else can now approve it.")
    return act_and_return(request, activity, lambda: operations.submit(activity, by=who(request), at=clock.now()), done)


@allowed("activities.validate", narrowed=True)
@require_POST
def validate(request: HttpRequest, pk: int) -> HttpResponse:
    activity = found(request, pk)
    done = _("It is approved, and in the exact figures from now.")
    return act_and_return(
        request, activity, lambda: operations.validate(activity, by=who(request), at=clock.now()), done
    )


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    activity = found(request, pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.withdraw(activity, by=who(request), at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    lead = _("It goes out of every figure for good. What the figures said before can still be read.")
    return ask(request, form, heading=_("Withdraw the activity"), lead=lead, submit=_("Withdraw"), activity=activity)


@allowed("activities.validate", narrowed=True)
@require_http_methods(FORM)
def return_to_draft(request: HttpRequest, pk: int) -> HttpResponse:
    activity = found(request, pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.return_to_draft(activity, by=who(request), at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    lead = _("Write what must be put right. It becomes a draft again.")
    return ask(request, form, heading=_("Return the activity"), lead=lead, submit=_("Return"), activity=activity)

"""What is said before an activity starts and after it is over, and the milestones between."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samtall.accounts.policy import allowed
from samtall.activities import operations
from samtall.activities.models import Activity, Milestone
from samtall.activities.queries import visible_to
from samtall.activities.showing import milestone_words
from samtall.activities.stage_forms import MilestoneForm, NewMilestoneForm, StageForm
from samtall.activities.views.acts import FORM
from samtall.activities.views.answering import act_and_return, ask, found, to_activity, who
from samtall.activities.views.kinds import known
from samtall.base import clock


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def tell(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    activity = found(request, pk)
    try:
        declared = known(activity.kind).stage(stage)
    except KeyError:
        raise Http404 from None
    form = StageForm(
        request.POST or None, stage=declared, among=visible_to(request.user), initial={"on": clock.today()}
    )

    def act() -> None:
        operations.tell(activity, stage, by=who(request), at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    lead = "" if "yes" not in form.fields else str(declared.help)
    return ask(request, form, heading=str(declared.words), lead=lead, submit=_("Save"), activity=activity)


@allowed("activities.record", narrowed=True)
@require_POST
def plan_milestones(request: HttpRequest, pk: int) -> HttpResponse:
    activity = found(request, pk)
    planned = len(known(activity.kind).milestones)
    done = ngettext("%(number)s milestone is planned.", "%(number)s milestones are planned.", planned)
    return act_and_return(
        request,
        activity,
        lambda: operations.plan_milestones(activity, by=who(request), at=clock.now()),
        done % {"number": planned},
    )


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def add_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    activity = found(request, pk)
    form = NewMilestoneForm(request.POST or None)

    def act() -> None:
        operations.add_milestone(activity, by=who(request), at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    return ask(request, form, heading=_("New milestone"), submit=_("Add"), activity=activity)


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def change_milestone(request: HttpRequest, pk: int, milestone: int) -> HttpResponse:
    activity = found(request, pk)
    it = _milestone(activity, milestone)
    form = MilestoneForm(request.POST or None, milestone=it)

    def act() -> None:
        operations.revise_milestone(it, by=who(request), at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return to_activity(activity)
    heading = milestone_words(it, known(activity.kind))
    return ask(request, form, heading=heading, submit=_("Save"), activity=activity)


@allowed("activities.record", narrowed=True)
@require_POST
def remove_milestone(request: HttpRequest, pk: int, milestone: int) -> HttpResponse:
    activity = found(request, pk)
    it = _milestone(activity, milestone)
    return act_and_return(request, activity, lambda: operations.remove_milestone(it), _("The milestone is removed."))


def _milestone(activity: Activity, pk: int) -> Milestone:
    return get_object_or_404(Milestone.objects.select_related("activity").filter(activity=activity), pk=pk)

"""How the views of activities answer: with a form on a page of its own, or back on the activity's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.accounts.policy import reach_of
from samtall.activities.forms import AskingForm
from samtall.activities.models import Activity
from samtall.activities.queries import within
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.ui import asking
from samtall.ui.frame import Link


def found(request: HttpRequest, pk: int) -> Activity:
    """The activity asked for, when it is within reach of the view's permission; else not found."""
    return get_object_or_404(within(reach_of(request), request.user), pk=pk)


def who(request: HttpRequest) -> User:
    """Who is signed in. Views with a permission that the public lacks always have one."""
    if not isinstance(request.user, User):
        raise PermissionError
    return request.user


def who_and_when(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, and now: what every operation wants to know."""
    return {"by": who(request), "at": clock.now()}


def above(activity: Activity | None = None) -> list[Link]:
    links = [Link(reverse("activities"), _("Activities"))]
    if activity is not None:
        links.append(Link(reverse("activity", args=[activity.pk]), activity.title))
    return links


def to_activity(activity: Activity) -> HttpResponse:
    return redirect("activity", activity.pk)


def ask(
    request: HttpRequest,
    form: AskingForm,
    *,
    heading: str,
    submit: str,
    activity: Activity | None = None,
    lead: str = "",
) -> HttpResponse:
    """A page with one form; refused answers come back with status 422."""
    return asking.ask(request, form, heading, lead=lead, submit=submit, links=above(activity))


def act_and_return(request: HttpRequest, activity: Activity, act: Callable[[], Any], done: str) -> HttpResponse:
    """Do it and go back to the activity, with what was done or why it was refused."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return to_activity(activity)

"""Asking for confirmations, and the page where somebody without an account gives one."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtall.accounts.policy import allowed, public_page, reach_of, user_of
from samtall.activities.models import Activity
from samtall.activities.queries import within
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.text import LANGUAGES
from samtall.confirmations import operations, queries, showing
from samtall.confirmations.forms import AskForm, NotRightForm
from samtall.confirmations.models import Request
from samtall.confirmations.refusals import LinkSpent
from samtall.confirmations.sentences import sentence
from samtall.ui.discreet import discreetly
from samtall.ui.frame import Link
from samtall.ui.paging import page_of

FORM = ["GET", "HEAD", "POST"]


# No token against forged requests here: there is no session to be misused, only who has the secret address can send
# the form, and a page without a referrer sends "Origin: null", which Django would refuse.
@csrf_exempt
@public_page
@require_http_methods(FORM)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What is to be confirmed, in one sentence. Looking changes nothing; the buttons do, once."""
    at = clock.now()
    asked = queries.requested(token, at)
    asked_language = request.GET.get("lang", "")
    language = asked_language if asked_language in LANGUAGES else asked.language if asked else get_language() or "nb"
    with translation.override(language):
        if asked is None:
            return discreetly(request, "confirmations/gone.html", 410)
        form = NotRightForm(request.POST if request.POST.get("answer") == "no" else None)
        try:
            if request.method == "POST" and answered(request, asked, form, at):
                return discreetly(request, "confirmations/thanks.html", 200, confirmed=asked.evidence is not None)
        except LinkSpent:
            return discreetly(request, "confirmations/gone.html", 410)
        context = {"sentence": sentence(asked.activity), "who": asked.asked_by, "languages": _languages(language)}
        return discreetly(request, "confirmations/answer.html", 422 if form.errors else 200, form=form, **context)


def answered(request: HttpRequest, asked: Request, form: NotRightForm, at: datetime) -> bool:
    """Do what the button says; whether that is an answer."""
    if request.POST.get("answer") == "yes":
        operations.confirm(asked, at=at)
        return True
    return form.is_valid() and form.attempt(lambda: operations.object_to(asked, text=form.cleaned_data["text"], at=at))


def _languages(chosen: str) -> list[tuple[str, str, bool]]:
    names = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
    return [(code, names[code], code == chosen) for code in LANGUAGES]


@allowed("activities.record", narrowed=True)
@require_safe
def confirmations(request: HttpRequest) -> HttpResponse:
    """What parties say is not right, and what has not been answered."""
    objections = list(queries.not_right(request.user)[:100])
    page = page_of(request, queries.waiting(request.user, clock.now()))
    context = {
        "objections": showing.requests_table(objections, _("Something is not right")) if objections else None,
        "page": page,
        "waiting": showing.requests_table(list(page), _("Waiting for an answer")) if page.paginator.count else None,
        "links": [Link(reverse("activities"), _("Activities"))],
    }
    return render(request, "confirmations/confirmations.html", context)


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def of_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom has been asked about an activity and what they said, and a form to ask."""
    activity = get_object_or_404(within(reach_of(request), request.user), pk=pk)
    at = clock.now()
    form = AskForm(
        request.POST or None,
        parts=showing.askable(activity),
        initial={"language": (get_language() or "nb")[:2], "due": (at + operations.PATIENCE).date()},
    )

    def act() -> None:
        operations.ask(by=user_of(request), at=at, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        messages.success(request, _("The letter is on its way."))
        return redirect("activity-confirmations", activity.pk)
    requests = activity.confirmations.select_related("activity").order_by("-pk")
    context = {
        "activity": activity,
        "links": _above(activity),
        "form": form,
        "can_ask": activity.state in operations.OVER and activity.step != Activity.Step.WITHDRAWN,
        "requests": [(one, showing.role_words(one), showing.status(one), _can_revoke(one)) for one in requests],
    }
    return render(request, "confirmations/activity.html", context, status=422 if form.errors else 200)


@allowed("activities.record", narrowed=True)
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(queries.requests_visible_to(request.user), pk=pk)
    return _act(request, asked, lambda: operations.revoke(asked, at=clock.now()), _("The link can no longer be used."))


@allowed("activities.record", narrowed=True)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(queries.requests_visible_to(request.user), pk=pk)
    done = _("It is taken off the list. What they said stays.")
    return _act(request, asked, lambda: operations.settle(asked, by=user_of(request), at=clock.now()), done)


def _act(request: HttpRequest, asked: Request, act: Any, done: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("activity-confirmations", asked.activity_id)


def _can_revoke(asked: Request) -> bool:
    return asked.answered_at is None and asked.revoked_at is None


def _above(activity: Activity) -> list[Link]:
    return [
        Link(reverse("activities"), _("Activities")),
        Link(reverse("activity", args=[activity.pk]), activity.title),
    ]

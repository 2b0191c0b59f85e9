"""For those who record: what people ask to have corrected in what one has oneself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtall.accounts.policy import allowed, user_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.privacy import operations, queries
from samtall.privacy.forms import AnswerForm
from samtall.privacy.models import Correction


@allowed("activities.record", narrowed=True)
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    asked = [
        (one, AnswerForm(auto_id=f"id_%s_{one.pk}"), about) for one, about in queries.corrections_for(request.user)
    ]
    return render(request, "privacy/corrections.html", {"corrections": asked})


@allowed("activities.record", narrowed=True)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done about it; who asked reads it on their own page."""
    asked = next((one for one, _about in queries.corrections_for(request.user) if one.pk == pk), None)
    if asked is None:
        raise Http404
    take_answer(request, asked)
    return redirect("corrections")


def take_answer(request: HttpRequest, asked: Correction) -> None:
    """What is written in the form is the answer; whether it was taken is told on the next page."""
    try:
        operations.answer_correction(asked, request.POST.get("text", ""), by=user_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Answered. Who asked finds it on their own page."))

"""The sender's own page of a case, opened by the address in a letter: what happened, who has it, more to say."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.inquiries import operations, queries, showing
from samtall.inquiries.forms import AddForm
from samtall.inquiries.models import Inquiry
from samtall.inquiries.views.answering import for_senders, page


@require_http_methods(["GET", "HEAD", "POST"])
@for_senders
def case(request: HttpRequest, number: str, token: str) -> HttpResponse:
    inquiry = queries.opened_by(number, token, clock.now())
    if inquiry is None:
        raise Http404
    form = AddForm(request.POST if "text" in request.POST else None)
    if request.method == "POST":
        try:
            if _done(request, inquiry, form):
                return _without_referrer(redirect(request.get_full_path()))
        except Refusal as refusal:
            form.is_valid()
            form.add_error(None, str(refusal))
    context = {
        "inquiry": inquiry,
        "form": form,
        "facts": showing.facts_for_sender(inquiry),
        "events": showing.events_for_sender(inquiry),
        "asked": showing.answers_of(inquiry),
    }
    status = 422 if form.errors else 200
    return _without_referrer(page(request, "inquiries/case_of_sender.html", context, status=status))


def _done(request: HttpRequest, inquiry: Inquiry, form: AddForm) -> bool:
    if "withdraw" in request.POST:
        operations.withdraw(inquiry, at=clock.now(), reason=_("Withdrawn on the sender's page"))
        return True
    if form.is_valid():
        operations.add(inquiry, form.cleaned_data["text"], at=clock.now())
        return True
    return False


def _without_referrer(response: HttpResponse) -> HttpResponse:
    """The address is a key: no page that is opened from here may learn it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

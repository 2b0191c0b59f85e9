"""The employers of competence jobs, and the page of one: its baseline, what has come and gone, and the net."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed, may, user_of
from samtall.base import clock
from samtall.kinds.competence_job import operations, queries, showing
from samtall.kinds.competence_job.forms import BaselineForm
from samtall.ledger.moments import AsOfForm
from samtall.parties.models import Organisation
from samtall.ui.asking import ask
from samtall.ui.frame import Link
from samtall.ui.paging import page_of


@allowed("activities.read")
@require_safe
def employers(request: HttpRequest) -> HttpResponse:
    page = page_of(request, queries.employers())
    context = {"page": page, "employers": [showing.link_to(one) for one in page], "links": _top()[:1]}
    return render(request, "competence_job/employers.html", context)


@allowed("activities.read")
@require_safe
def employer(request: HttpRequest, pk: int) -> HttpResponse:
    it = get_object_or_404(Organisation, pk=pk)
    form = AsOfForm(request.GET, today=clock.today())
    context = {
        "employer": it,
        "links": _top(),
        "form": form,
        "as_of": form.as_of,
        "account": showing.shown_account(queries.account_of(it, as_of=form.as_of)),
        "can_change": may(request.user, "activities.record"),
    }
    return render(request, "competence_job/employer.html", context)


@allowed("activities.record")
@require_http_methods(["GET", "HEAD", "POST"])
def baseline(request: HttpRequest, pk: int) -> HttpResponse:
    it = get_object_or_404(Organisation, pk=pk)
    form = BaselineForm(request.POST or None)
    by, at = user_of(request), clock.now()
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(lambda: operations.count(it, by=by, at=at, **form.cleaned_data))
    ):
        messages.success(request, _("Saved."))
        return redirect("employer-jobs", pk)
    return ask(request, form, _("The employer's baseline"), links=[*_top(), showing.link_to(it)])


def _top() -> list[Link]:
    return [Link(reverse("activities"), _("Activities")), Link(reverse("employers"), _("Competence jobs by employer"))]

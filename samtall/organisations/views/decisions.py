"""What was said of who is who: the log, and taking it back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed, user_of
from samtall.activities import operations as activities
from samtall.activities.forms import ReasonForm
from samtall.activities.queries import activities_with
from samtall.base import clock
from samtall.identities import operations as identities
from samtall.identities.queries import distinctions, identifications, with_those_found_to_be
from samtall.organisations.decisions import shown
from samtall.organisations.showing import link_to, link_to_all
from samtall.ui.frame import Link
from samtall.ui.paging import page_of
from samtall.ui.writing import number

#: The tabs of the log, by what the address says.
IDENTIFICATIONS, DISTINCTIONS = "", "ulike"


@allowed("organisations.change")
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    tab = DISTINCTIONS if request.GET.get("vis") == DISTINCTIONS else IDENTIFICATIONS
    log: QuerySet[Any] = distinctions() if tab else identifications()
    page = page_of(request, log)
    tabs = [
        Link("?", _("Who is who"), current=not tab),
        Link(f"?vis={DISTINCTIONS}", _("Not the same"), current=bool(tab)),
    ]
    context = {"links": [link_to_all()], "page": page, "decisions": shown(page.object_list), "tabs": tabs}
    return render(request, "organisations/decisions.html", context)


@allowed("organisations.change")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_identification(request: HttpRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(identifications().filter(withdrawn_at__isnull=True), pk=pk)
    moved = activities_with(with_those_found_to_be([said.subject_id])).count() if said.organisation else 0
    form = ReasonForm(request.POST or None)

    def act() -> None:
        activities.withdraw_identification(said, by=user_of(request), at=clock.now(), **form.cleaned_data)

    return _withdraw(request, form, act, shown_as=said, subject=link_to(said.subject), moved=moved)


@allowed("organisations.change")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_distinction(request: HttpRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(distinctions().filter(withdrawn_at__isnull=True), pk=pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        identities.withdraw_distinction(said, by=user_of(request), at=clock.now(), **form.cleaned_data)

    return _withdraw(request, form, act, shown_as=said, subject=link_to(said.first), moved=0)


def _withdraw(
    request: HttpRequest, form: ReasonForm, act: Callable[[], None], *, shown_as: Any, subject: Link, moved: int
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and form.attempt(act):
        messages.success(request, _("It is withdrawn. “%(name)s” stands for itself again.") % {"name": subject.label})
        return redirect(subject.url)
    form.fields["reason"].help_text = _("Kept with the decision.")
    context = {
        "form": form,
        "links": [link_to_all(), Link(reverse("identities-decisions"), _("Decisions"))],
        "decision": shown([shown_as])[0],
        "consequence": consequence(moved),
        "cancel_url": subject.url,
    }
    return render(request, "organisations/withdraw.html", context, status=422 if form.errors else 200)


def consequence(moved: int) -> str:
    """What happens to the books when who is who is changed for so many activities."""
    if not moved:
        return _("No activity and no figure is touched.")
    sentence = ngettext(
        "%(number)s activity is counted anew. What the figures said until now can still be read.",
        "%(number)s activities are counted anew. What the figures said until now can still be read.",
        moved,
    )
    return sentence % {"number": number(moved)}

"""The list of activities, and what waits for approval."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed, reach_of
from samtall.activities import operations, queries, registry
from samtall.activities.forms import FilterForm
from samtall.activities.models import Activity
from samtall.activities.showing import activities_table, kind_words, outside_parties, with_parties
from samtall.activities.threshold import evidence_wanted, has_accepted_evidence
from samtall.activities.views.answering import who
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.ui.paging import page_of


@allowed("activities.read", narrowed=True)
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET or None) if request.GET else FilterForm({})
    found = queries.filtered(queries.within(reach_of(request), request.user), form.filters())
    page = page_of(request, with_parties(found))
    context = {"form": form, "page": page, "table": activities_table(page), "asked": any(request.GET.values())}
    return render(request, "activities/activities.html", context)


@allowed("activities.validate", narrowed=True)
@require_http_methods(["GET", "HEAD", "POST"])
def validation(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        _approve(request, request.POST.getlist("activity"))
        return redirect("validation")
    page = page_of(request, with_parties(queries.waiting(request.user)).prefetch_related("evidence"))
    own = page_of(request, with_parties(queries.waiting_for_others(request.user)))
    context = {"page": page, "waiting": [_waiting(one) for one in page], "own": activities_table(own) if own else None}
    return render(request, "activities/validation.html", context)


def _approve(request: HttpRequest, asked: list[str]) -> None:
    """Approve each of the chosen ones by itself: one that is refused does not hold back the others."""
    chosen = [int(pk) for pk in asked if pk.isascii() and pk.isdigit() and len(pk) < 18]
    approved = 0
    for activity in queries.within(reach_of(request), request.user).filter(pk__in=chosen[:100]).order_by("pk"):
        try:
            operations.validate(activity, by=who(request), at=clock.now())
            approved += 1
        except Refusal as refusal:
            messages.error(request, f"{activity.title}: {refusal}")
    if approved:
        text = ngettext("%(number)s activity is approved.", "%(number)s activities are approved.", approved)
        messages.success(request, text % {"number": approved})
    elif not chosen:
        messages.warning(request, _("Choose at least one activity to approve."))


def _waiting(activity: Activity) -> dict[str, object]:
    kind = registry.kind(activity.kind)
    ready = has_accepted_evidence(activity.evidence.all(), kind)
    return {
        "activity": activity,
        "kind": kind_words(activity),
        "parties": outside_parties(activity),
        "missing": "" if ready else evidence_wanted(kind),
    }

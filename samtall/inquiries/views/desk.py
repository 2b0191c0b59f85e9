"""The desk: the list of inquiries, and the page of one with everything about it side by side."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtall.accounts.policy import allowed, may_somewhere, reach_of, user_of
from samtall.activities.showing import activities_table, with_parties
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.inquiries import operations, queries, showing
from samtall.inquiries.forms import FilterForm
from samtall.inquiries.models import Inquiry
from samtall.inquiries.views.acts import VERBS
from samtall.knowledge.queries import suggestions
from samtall.mail.queries import answers_about
from samtall.ui.frame import Link
from samtall.ui.paging import page_of

MOST_BESIDE = 10


def found(request: HttpRequest, number: str) -> Inquiry:
    inquiries = queries.within(reach_of(request), request.user).select_related("form", "merged_into", "split_from")
    return get_object_or_404(inquiries, number=number)


@allowed("inquiries.read", narrowed=True)
@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    form = FilterForm(request.GET)
    every = queries.within(reach_of(request), request.user)
    page = page_of(request, queries.filtered(every, form.filters(today), user_of(request)))
    context = {
        "form": form,
        "page": page,
        "table": showing.inquiries_table(page.object_list, today),
        "late": every.filter(queries.late(today)).count(),
        "handles": may_somewhere(request.user, "inquiries.handle"),
    }
    return render(request, "inquiries/inquiries.html", context)


@allowed("inquiries.read", narrowed=True)
@require_safe
def inquiry(request: HttpRequest, number: str) -> HttpResponse:
    it, today = found(request, number), clock.today()
    others = list(queries.others_of(it, request.user)[:MOST_BESIDE])
    beside = list(with_parties(queries.activities_of(it, request.user))[:MOST_BESIDE])
    led_to = list(queries.led_to(it, request.user))
    handles = queries.visible_to(request.user, "inquiries.handle").filter(pk=it.pk).exists()
    context: dict[str, Any] = {
        "inquiry": it,
        "links": [Link(reverse("inquiries"), _("Inquiries"))],
        "facts": showing.facts_at_desk(it, today),
        "asked": showing.answers_of(it, at_desk=True),
        "events": showing.events_at_desk(it, answers_about(it.source)),
        "others": showing.others_table(others) if others else None,
        "activities": activities_table(beside) if beside else None,
        "suggestions": suggestions(queries.wish_of(it)) if it.is_open else [],
        "led_to": [Link(reverse("activity", args=[one.pk]), one.title) for one in led_to],
        "verbs": [
            Link(reverse("inquiry-act", args=[it.number, code]), str(verb.label))
            for code, verb in VERBS.items()
            if handles and verb.possible(it)
        ],
        "can_take": handles and it.is_open and it.assignee_id != request.user.pk,
        "can_hand_over": handles and may_somewhere(request.user, "activities.record") and (it.is_open or led_to),
    }
    return render(request, "inquiries/inquiry.html", context)


@allowed("inquiries.handle", narrowed=True)
@require_POST
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Who presses the button has it."""
    it, user = found(request, number), user_of(request)
    try:
        operations.assign(it, user, unit=it.unit, by=user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have this case now."))
    return redirect("inquiry", it.number)

"""The pages of an agreement, and the agreement itself to read and print."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed, reach_of, user_of
from samtall.activities.forms import AskingForm, DayForm
from samtall.activities.models import Activity
from samtall.activities.queries import reaches, within
from samtall.activities.views.answering import who_and_when
from samtall.agreements import operations, showing
from samtall.agreements.forms import AgreementForm, SendForm, SignatureForm
from samtall.agreements.models import Agreement
from samtall.agreements.printing import as_pdf
from samtall.agreements.queries import is_cancelled, is_sent, signed_parts
from samtall.agreements.wording import document, signing_parts
from samtall.base import clock
from samtall.documents.operations import examine
from samtall.ui.asking import ask
from samtall.ui.frame import Link

FORM = ["GET", "HEAD", "POST"]


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(within(reach_of(request), request.user), pk=pk)
    form = AgreementForm(request.POST or None, language=(get_language() or "nb")[:2])
    made: list[Agreement] = []

    def act() -> None:
        made.append(operations.draw_up(activity, by=user_of(request), at=clock.now(), **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        return redirect("agreement", made[0].pk)
    lead = _("Who takes part, the days, hours and credits are taken from the activity. Look through them first.")
    return ask(request, form, _("Draw up an agreement"), lead=lead, links=_above(activity))


@allowed("people.read", narrowed=True)
@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    it = _found(request, pk)
    signers = signing_parts(it.activity)
    records = reaches(request.user, "activities.record", it.activity) and not is_cancelled(it)
    sent = is_sent(it)
    context = {
        "agreement": it,
        "links": _above(it.activity),
        "status": showing.status(it, len(signers)),
        "terms": showing.terms(it),
        "signatures": showing.signatures(it, signers),
        "events": showing.events(it),
        "can_change": records and not sent,
        "can_sign": records and sent and it.evidence_id is None,
        "can_cancel": records,
    }
    return render(request, "agreements/agreement.html", context)


@allowed("people.read", narrowed=True)
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    it = _found(request, pk)
    content = as_pdf(document(it, draft=not is_sent(it)), at=it.at)
    name = f"avtale-{it.pk}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    it = _found(request, pk)
    form = AgreementForm(request.POST or None, agreement=it)
    return _act(
        request,
        form,
        it,
        _("Change the agreement"),
        lambda said: operations.revise(it, **who_and_when(request), **said),
    )


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    it = _found(request, pk)
    form = SendForm(request.POST or None, activity=it.activity, initial={"on": clock.today()})
    return _act(
        request,
        form,
        it,
        _("The agreement is sent"),
        lambda said: operations.mark_sent(it, **who_and_when(request), **said),
        lead=_("From now on it says what it says. To change it you cancel it and draw up a new one."),
    )


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    it = _found(request, pk)
    signed = signed_parts(it)
    parts = {one.pk: showing.party_words(one) for one in signing_parts(it.activity) if one.pk not in signed}
    if not parts:
        messages.error(request, _("Nobody is left who is to sign. Say who takes part in the activity first."))
        return redirect("agreement", pk)
    form = SignatureForm(request.POST or None, request.FILES or None, parts=parts, initial={"on": clock.today()})

    def act(said: dict[str, Any]) -> object:
        by_and_at = who_and_when(request)
        if uploaded := said.get("file"):
            said = said | {"file": examine(uploaded.read(), name=uploaded.name, at=by_and_at["at"])}
        return operations.sign(it, **by_and_at, **said)

    return _act(
        request,
        form,
        it,
        _("Somebody has signed"),
        act,
        lead=_("When all have signed, the agreement becomes documentation of the activity."),
    )


@allowed("activities.record", narrowed=True)
@require_http_methods(FORM)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    it = _found(request, pk)
    form = DayForm(request.POST or None, reason_required=True, initial={"on": clock.today()})
    return _act(
        request,
        form,
        it,
        _("Cancel the agreement"),
        lambda said: operations.cancel(it, **who_and_when(request), **said),
    )


def _act(
    request: HttpRequest,
    form: AskingForm,
    it: Agreement,
    heading: str,
    act: Callable[[dict[str, Any]], object],
    *,
    lead: str = "",
) -> HttpResponse:
    """A page with one form; when it is answered, the act is done and the agreement's page says so."""
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: act(form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("agreement", it.pk)
    links = [*_above(it.activity), Link(reverse("agreement", args=[it.pk]), _title(it))]
    return ask(request, form, heading, lead=lead, links=links)


def _found(request: HttpRequest, pk: int) -> Agreement:
    reached = within(reach_of(request), request.user).order_by()
    return get_object_or_404(Agreement.objects.filter(activity__in=reached).select_related("activity", "by"), pk=pk)


def _title(it: Agreement) -> str:
    return _("Agreement no. %(number)s") % {"number": it.pk}


def _above(activity: Activity) -> list[Link]:
    return [
        Link(reverse("activities"), _("Activities")),
        Link(reverse("activity", args=[activity.pk]), activity.title),
    ]

"""From one state of an edition to the next: begun, put forward, approved, sent back, withdrawn."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtall.accounts.policy import allowed, user_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.publications import operations
from samtall.publications.forms import EditionForm, PublicationForm, WhyForm
from samtall.publications.models import Edition
from samtall.publications.views.reading import find, title_of
from samtall.ui.asking import ask
from samtall.ui.frame import Link

FORM = ["GET", "HEAD", "POST"]


@allowed("publications.write")
@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    form = PublicationForm(request.POST or None)
    by, at = user_of(request).signature, clock.now()
    begun: list[Edition] = []

    def act() -> None:
        begun.append(operations.begin(**form.said, by=by, at=at))

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        messages.success(request, _("Begun, with the chapters that such a publication has. Now compose it."))
        return _to_desk(begun[0])
    return ask(request, form, _("New publication"), links=[Link(reverse("publications"), _("Publications"))])


@allowed("publications.write")
@require_http_methods(FORM)
def new_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    it = find(request.user, slug, number)
    form = EditionForm(request.POST or None)
    by, at = user_of(request).signature, clock.now()
    begun: list[Edition] = []

    def act() -> None:
        begun.append(operations.begin_edition(it.publication, **form.cleaned_data, by=by, at=at))

    if request.method == "POST" and form.is_valid() and form.attempt(act):
        messages.success(request, _("Begun, composed as the last edition was."))
        return _to_desk(begun[0])
    return ask(request, form, _("New edition"), links=_links(it))


@allowed("publications.write")
@require_POST
def propose(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _done(
        request, find(request.user, slug, number), operations.propose, _("Frozen. Now a colleague approves it.")
    )


@allowed("publications.approve")
@require_POST
def approve(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish exactly what was read: the page posts its checksum."""
    approve = partial(operations.approve, checksum=request.POST.get("checksum", ""))
    return _done(request, find(request.user, slug, number), approve, _("Published."))


@allowed("publications.drafts")
@require_http_methods(FORM)
def send_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    it = find(request.user, slug, number)
    return _with_reason(request, it, operations.send_back, _("Send back"), _("Sent back."))


@allowed("publications.approve")
@require_http_methods(FORM)
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    it = find(request.user, slug, number)
    return _with_reason(request, it, operations.withdraw, _("Withdraw"), _("Withdrawn. It says so where it is read."))


def _done(request: HttpRequest, it: Edition, act: Callable[..., Edition], said: str) -> HttpResponse:
    try:
        act(it, by=user_of(request).signature, at=clock.now())
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _to_desk(it)


def _with_reason(
    request: HttpRequest, it: Edition, act: Callable[..., Edition], heading: str, said: str
) -> HttpResponse:
    form = WhyForm(request.POST or None)
    by, at = user_of(request).signature, clock.now()

    def attempt() -> None:
        act(it, why=form.cleaned_data["why"], by=by, at=at)

    if request.method == "POST" and form.is_valid() and form.attempt(attempt):
        messages.success(request, said)
        return _to_desk(it)
    return ask(request, form, heading, links=_links(it), submit=heading)


def _links(it: Edition) -> list[Link]:
    return [
        Link(reverse("publications"), _("Publications")),
        Link(reverse("edition-desk", args=[it.publication.slug, it.number]), title_of(it)),
    ]


def _to_desk(it: Edition) -> HttpResponse:
    return redirect("edition-desk", it.publication.slug, it.number)

"""What can be done with an inquiry at the desk: each act asks on a page of its own and comes back to the case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samtall.accounts.models import User
from samtall.accounts.policy import allowed, reach_of, user_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.inquiries import operations, queries
from samtall.inquiries.forms import (
    AssignForm,
    MergeForm,
    MoveForm,
    OrganisationForm,
    ReasonForm,
    SplitForm,
    TextForm,
)
from samtall.inquiries.models import Inquiry
from samtall.inquiries.states import State
from samtall.ui.asking import ask
from samtall.ui.frame import Link

Act = Callable[[Inquiry, dict[str, Any], User], Any]


def _assign(inquiry: Inquiry, said: dict[str, Any], user: User) -> None:
    operations.assign(inquiry, said["person"], unit=said["unit"], reason=said["reason"], by=user, at=clock.now())


def _move(inquiry: Inquiry, said: dict[str, Any], user: User) -> None:
    operations.move(inquiry, State(said["state"]), reason=said["reason"], by=user, at=clock.now())


def _answer(inquiry: Inquiry, said: dict[str, Any], user: User) -> None:
    operations.answer(inquiry, said["text"], by=user, at=clock.now())


def _note(inquiry: Inquiry, said: dict[str, Any], user: User) -> None:
    operations.note(inquiry, said["text"], by=user, at=clock.now())


def _merge(inquiry: Inquiry, said: dict[str, Any], user: User) -> None:
    into = queries.visible_to(user, "inquiries.handle").filter(number=said["number"]).first()
    if into is None:
        raise Refusal(_("There is no case with the number %(number)s.") % {"number": said["number"]})
    operations.merge(inquiry, into, reason=said["reason"], by=user, at=clock.now())


def _split(inquiry: Inquiry, said: dict[str, Any], user: User) -> Inquiry:
    kinds = said.get("kinds", [])
    return operations.split(inquiry, kinds=kinds, description=said["description"], by=user, at=clock.now())


def _name(inquiry: Inquiry, said: dict[str, Any], user: User) -> None:
    operations.settle_organisation(inquiry, said["organisation"], by=user, at=clock.now())


def _reopen(inquiry: Inquiry, said: dict[str, Any], user: User) -> None:
    operations.reopen(inquiry, reason=said["reason"], by=user, at=clock.now())


def _renew_link(inquiry: Inquiry, said: dict[str, Any], user: User) -> None:  # noqa: ARG001 - every act is called alike
    operations.renew_link(inquiry, by=user, at=clock.now())


def _is_open(inquiry: Inquiry) -> bool:
    return inquiry.is_open


def _always(inquiry: Inquiry) -> bool:  # noqa: ARG001
    return True


@dataclass(frozen=True)
class Verb:
    """An act by its name in the address: what the button says, what is asked, what is done, and when it can be."""

    label: Any
    form: Callable[..., forms.Form]
    act: Act
    possible: Callable[[Inquiry], bool] = _is_open
    lead: Any = ""
    asks_of: bool = False  # whether the form is made for the inquiry


VERBS: dict[str, Verb] = {
    "svar": Verb(
        gettext_lazy("Answer"),
        TextForm,
        _answer,
        lead=gettext_lazy("The sender gets it as a letter, and reads it on the page of the case."),
    ),
    "fordel": Verb(gettext_lazy("Give to somebody"), AssignForm, _assign, asks_of=True),
    "status": Verb(gettext_lazy("Change the status"), MoveForm, _move),
    "notat": Verb(
        gettext_lazy("Write a note"),
        TextForm,
        _note,
        possible=_always,
        lead=gettext_lazy("Only those at the desk see it."),
    ),
    "virksomhet": Verb(
        gettext_lazy("Say which organisation it is"),
        OrganisationForm,
        _name,
        lead=gettext_lazy("When what the sender wrote does not tell."),
    ),
    "slaa-sammen": Verb(
        gettext_lazy("Merge with another case"),
        MergeForm,
        _merge,
        lead=gettext_lazy("For two inquiries about the same. This one is closed, and the other goes on."),
    ),
    "del": Verb(
        gettext_lazy("Split the case"),
        SplitForm,
        _split,
        asks_of=True,
        lead=gettext_lazy("For an inquiry about two things that different people should have."),
    ),
    "ny-lenke": Verb(
        gettext_lazy("Void the sender's link"),
        forms.Form,
        _renew_link,
        lead=gettext_lazy("When the address of the sender's page has come astray. The next letter carries a new one."),
    ),
    "apne": Verb(gettext_lazy("Open again"), ReasonForm, _reopen, possible=lambda inquiry: not inquiry.is_open),
}


@allowed("inquiries.handle", narrowed=True)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    it = get_object_or_404(queries.within(reach_of(request), request.user), number=number)
    one = VERBS.get(verb)
    if one is None:
        raise Http404
    options = {"inquiry": it} if one.asks_of else {}
    form = one.form(request.POST if request.method == "POST" else None, **options)
    if request.method == "POST" and form.is_valid():
        try:
            new = one.act(it, form.cleaned_data, user_of(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("inquiry", new.number if isinstance(new, Inquiry) else it.number)
    links = [
        Link(reverse("inquiries"), _("Inquiries")),
        Link(reverse("inquiry", args=[it.number]), it.number),
    ]
    return ask(request, form, str(one.label), lead=str(one.lead), submit=str(one.label), links=links)

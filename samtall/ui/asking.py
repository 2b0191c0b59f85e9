"""A page that asks one thing: a heading, what is to be known before, and a form."""

from collections.abc import Sequence
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samtall.ui.frame import Link


def ask(
    request: HttpRequest,
    form: forms.BaseForm,
    heading: str,
    *,
    links: Sequence[Link],
    lead: str = "",
    submit: str = "",
) -> HttpResponse:
    """Show the form; refused answers come back with status 422.

    `links` are the pages above; the last is where one goes without answering. `submit` is what the button says.
    """
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": submit or _("Save"),
        "links": links,
        "cancel_url": links[-1].url,
    }
    return render(request, "ui/form.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else 200)

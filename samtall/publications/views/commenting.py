"""Comments on an edition and its blocks, by everybody who reads it before it is published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtall.accounts.policy import allowed, user_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.publications import commenting, wording
from samtall.publications.forms import CommentForm
from samtall.publications.models import Block, Comment, Edition
from samtall.publications.views.composing import links_to
from samtall.publications.views.reading import find
from samtall.ui.asking import ask

FORM = ["GET", "HEAD", "POST"]


@allowed("publications.drafts")
@require_http_methods(FORM)
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say something of the edition."""
    return _comment(request, find(request.user, slug, number), None)


@allowed("publications.drafts")
@require_http_methods(FORM)
def comment_block(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Say something of one of its blocks."""
    it = find(request.user, slug, number)
    return _comment(request, it, get_object_or_404(it.blocks, pk=pk))


def _comment(request: HttpRequest, it: Edition, block: Block | None) -> HttpResponse:
    form = CommentForm(request.POST if request.method == "POST" else None)
    by, at = user_of(request).signature, clock.now()
    if form.is_valid() and form.attempt(
        lambda: commenting.comment(it, block=block, text=form.cleaned_data["text"], by=by, at=at)
    ):
        return _back(it, block.pk if block else None)
    lead = wording.name_of(block) if block else ""
    return ask(request, form, _("New comment"), links=links_to(it), lead=lead, submit=_("Say it"))


@allowed("publications.drafts")
@require_http_methods(FORM)
def answer(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    it = find(request.user, slug, number)
    said = get_object_or_404(it.comments, pk=pk)
    form = CommentForm(request.POST if request.method == "POST" else None)
    by, at = user_of(request).signature, clock.now()
    if form.is_valid() and form.attempt(lambda: commenting.answer(said, text=form.cleaned_data["text"], by=by, at=at)):
        return _back(it, said.block_id)
    return ask(request, form, _("Answer"), links=links_to(it), lead=f"“{said.text}”", submit=_("Say it"))


@allowed("publications.drafts")
@require_POST
def settle(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    it = find(request.user, slug, number)
    said: Comment = get_object_or_404(it.comments, pk=pk)
    try:
        commenting.settle(said, by=user_of(request).signature, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _back(it, said.block_id)


def _back(it: Edition, block: int | None) -> HttpResponse:
    address = reverse("edition-desk", args=[it.publication.slug, it.number])
    return redirect(f"{address}#{f'blokk-{block}' if block else 'kommentarer'}")

"""The desk of an edition: its blocks as they will read, and what composes it. Only a draft can be composed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtall.accounts.policy import allowed, may, user_of
from samtall.accounts.signatures import names_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.figures import finding
from samtall.figures import queries as figures
from samtall.figures.forms import CatalogueForm
from samtall.figures.models import FigureVersion
from samtall.figures.sentences import sentences
from samtall.ledger import queries as ledger
from samtall.publications import blocks, composing, freezing, queries, showing, wording
from samtall.publications.blocks import may_be_published
from samtall.publications.forms import BLOCK_FORMS, BlockForm, FrameForm
from samtall.publications.missing import lacks
from samtall.publications.models import Block, Comment, Edition
from samtall.publications.published import Figure, Published
from samtall.publications.views.reading import find, title_of
from samtall.ui.asking import ask
from samtall.ui.frame import Link
from samtall.ui.paging import page_of
from samtall.ui.tables import Event

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Composed:
    """A block on the desk: as it is kept, as it will read, what is said of it, and where it can be moved."""

    block: Block
    shown: showing.ShownBlock
    name: str
    comments: Sequence[Comment]
    first: bool
    last: bool


@allowed("publications.drafts")
@require_safe
def desk(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An edition on its way: blocks, what is missing, comments, history, and what this reader may do."""
    it = find(request.user, slug, number)
    kept, published = list(it.blocks.all()), as_it_reads(it)
    said = queries.comments_of(it)
    may_compose = it.state == Edition.State.DRAFT and may(request.user, "publications.write")
    steps = list(it.steps.order_by("-at", "-pk"))
    who = names_of([*(one.by for one in steps), *signatures_of(said)])
    context = {
        "above": [Link(reverse("publications"), _("Publications"))],
        "edition": it,
        "title": title_of(it),
        "composed": _composed(kept, published, said),
        "lacks": lacks(list(zip(kept, published.blocks, strict=True))) if it.state == Edition.State.DRAFT else [],
        "general": [one for one in said if one.block is None or one.block.edition_id is None],
        "removed": [(one, wording.name_of(one)) for one in it.removed.order_by("-changed_at")] if may_compose else [],
        "waiting": sum(one.settled_at is None for one in said),
        "who": who,
        "history": [Event(one.at, one.get_what_display(), who.get(one.by, ""), one.why) for one in steps],
        "may_compose": may_compose,
        "may_review": may(request.user, "publications.approve") and bool(it.frozen),
        "may_return": it.state == Edition.State.PROPOSED,
        "may_withdraw": it.state == Edition.State.PUBLISHED and may(request.user, "publications.approve"),
    }
    return render(request, "publications/desk.html", context)


def as_it_reads(edition: Edition) -> Published:
    """What is frozen; of a draft what would be, as the books stand now."""
    if edition.frozen:
        return Published.of(edition.frozen)
    at = clock.now()
    document = freezing.frozen(edition, position=ledger.position(), at=at, on=timezone.localdate(at))
    return Published(json.loads(freezing.written(document)))


def signatures_of(said: Sequence[Comment]) -> list[str]:
    """Everybody who has said, answered or settled something."""
    return [one for each in said for voice in (each, *each.replies.all()) for one in (voice.by, voice.settled_by)]


def _composed(kept: Sequence[Block], published: Published, said: Sequence[Comment]) -> list[Composed]:
    pairs = list(zip(kept, showing.shown(published), strict=True))
    return [
        Composed(
            block,
            shown,
            str(wording.SORTS[block.sort]),
            [one for one in said if one.block_id == block.pk],
            first=place == 0,
            last=place == len(pairs) - 1,
        )
        for place, (block, shown) in enumerate(pairs)
    ]


@allowed("publications.drafts")
@require_safe
def draft(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An edition as it will read, counted now and saved nowhere; once it is frozen, the frozen one."""
    it = find(request.user, slug, number)
    if it.frozen:
        return redirect("edition", slug, number)
    published = as_it_reads(it)
    context = {"above": links_to(it), "edition": it, "published": published, "blocks": showing.shown(published)}
    return render(request, "publications/draft.html", context)


@allowed("publications.write")
@require_http_methods(FORM)
def frame(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Title, period and protection."""
    it = find(request.user, slug, number)
    title = {f"title_{language}": text for language, text in it.publication.title.items()}
    form = FrameForm(
        _posted(request),
        initial=title | {"starts": it.starts, "ends": it.ends, "protection": it.protection},
    )
    by, at = user_of(request).signature, clock.now()
    if form.is_valid() and form.attempt(lambda: composing.reframe(it, **form.said, by=by, at=at)):
        messages.success(request, _("Saved."))
        return redirect(_desk(it))
    return ask(request, form, _("Title, period and numbers on people"), links=links_to(it), lead=_closed(it))


# Blocks


@allowed("publications.write")
@require_safe
def choose(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Which sort of block to add."""
    it = find(request.user, slug, number)
    after = _after(request)
    sorts = [
        (Link(_with_place(it, sort, after=after), str(wording.SORTS[sort])), wording.ABOUT[sort])
        for sort in blocks.SORTS
    ]
    context = {"above": links_to(it), "edition": it, "sorts": sorts}
    return render(request, "publications/choose.html", context)


@allowed("publications.write")
@require_http_methods(FORM)
def new_block(request: HttpRequest, slug: str, number: int, sort: str) -> HttpResponse:
    it = find(request.user, slug, number)
    if sort not in BLOCK_FORMS:
        raise Http404
    said: dict[str, Any] = {}
    if sort == "figure":
        version = _chosen_figure(request)
        if version is None:
            return _search(request, it)
        said = blocks.figure(version)[1]
    form = BLOCK_FORMS[sort](_posted(request), said=said)
    by, at, after = user_of(request).signature, clock.now(), _after(request)
    made: list[Block] = []

    def act() -> None:
        made.append(composing.add(it, sort, form.said, after=after, by=by, at=at))

    if form.is_valid() and form.attempt(act):
        return redirect(_desk(it, made[0].pk))
    context = {
        "above": links_to(it),
        "heading": _("Add: %(what)s") % {"what": wording.SORTS[sort]},
        "lead": wording.ABOUT[sort],
        "form": form,
        "closed": _closed(it),
        "cancel": _desk(it, after),
    }
    return render(request, "publications/block_form.html", context, status=_status(form))


@allowed("publications.write")
@require_http_methods(FORM)
def block(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """What a block says; when somebody else has changed it meanwhile, both what they wrote and what is written here."""
    it = find(request.user, slug, number)
    kept = get_object_or_404(it.blocks, pk=pk)
    form = BLOCK_FORMS[kept.sort](_posted(request), said=kept.said, revision=kept.revision)
    by, at = user_of(request).signature, clock.now()
    standing: Sequence[tuple[str, str]] = []
    if form.is_valid():
        read = form.cleaned_data["revision"] or 0
        if form.attempt(lambda: composing.change(kept, form.said, revision=read, by=by, at=at)):
            messages.success(request, _("Saved."))
            return redirect(_desk(it, pk))
        if kept.revision != read:
            form.take_up(kept.revision)
            standing = wording.pairs(kept)
    context = {
        "above": links_to(it),
        "heading": _("Change: %(what)s") % {"what": wording.name_of(kept)},
        "form": form,
        "closed": _closed(it),
        "cancel": _desk(it, pk),
        "standing": standing,
        "standing_by": names_of([kept.changed_by]).get(kept.changed_by, ""),
        "versions": _versions(it, kept) if kept.sort == "figure" else [],
    }
    return render(request, "publications/block_form.html", context, status=_status(form))


@allowed("publications.write")
@require_POST
def move(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    up = request.POST.get("way") == "up"
    return _done(request, slug, number, pk, lambda kept, **by: composing.move(kept, up=up, **by))


@allowed("publications.write")
@require_POST
def remove(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    said = _("Taken out. It can be put back further down on this page.")
    return _done(request, slug, number, pk, composing.remove, said, stays=False)


@allowed("publications.write")
@require_POST
def put_back(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    return _done(request, slug, number, pk, composing.put_back, _("Put back where it stood."), taken_out=True)


def _done(
    request: HttpRequest,
    slug: str,
    number: int,
    pk: int,
    act: Any,
    said: str = "",
    *,
    taken_out: bool = False,
    stays: bool = True,
) -> HttpResponse:
    it = find(request.user, slug, number)
    kept = get_object_or_404(it.removed if taken_out else it.blocks, pk=pk)
    try:
        act(kept, by=user_of(request).signature, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if said:
            messages.success(request, said)
    return redirect(_desk(it, pk if stays else None))


# Choosing a figure


def _search(request: HttpRequest, it: Edition) -> HttpResponse:
    every = [one for one in figures.latest_versions(with_people=True) if may_be_published(one)]
    makers = finding.makers(every)
    form = CatalogueForm(request.GET, makers)
    found = finding.matching(every, words=form.chosen("q"), unit=form.chosen("enhet"), maker=form.chosen("av"))
    page = page_of(request, found)
    after = _after(request)
    chosen = [
        (
            Link(_with_place(it, "figure", after=after, tall=one.figure.slug), str(figures.name_of(one))),
            sentences(figures.definition_of(one)),
        )
        for one in page.object_list
    ]
    context = {"above": links_to(it), "edition": it, "form": form, "page": page, "chosen": chosen, "after": after}
    return render(request, "publications/choose_figure.html", context)


def _chosen_figure(request: HttpRequest) -> FigureVersion | None:
    slug = request.GET.get("tall", "")
    version = FigureVersion.objects.select_related("figure").filter(figure__slug=slug).order_by("-number").first()
    return version if version and may_be_published(version) else None


def _versions(it: Edition, kept: Block) -> list[tuple[showing.ShownFigure, bool]]:
    """The version that is chosen and the newest, side by side, where they are not the same (R18)."""
    versions = FigureVersion.objects.select_related("figure").filter(figure__slug=kept.said["figure"])
    chosen, newest = versions.get(number=kept.said["version"]), versions.latest("number")
    if chosen == newest:
        return []
    position, on = ledger.position(), clock.today()
    counted = [Figure(freezing.trial(it, one, position=position, on=on)) for one in (chosen, newest)]
    return [(showing.shown_figure(one), one.version == newest.number) for one in counted]


def _closed(it: Edition) -> str:
    """Why nothing can be changed now; nothing while the edition is a draft."""
    if it.state == Edition.State.DRAFT:
        return ""
    return _("This edition is “%(state)s” now, and only a draft can be changed.") % {"state": it.get_state_display()}


# Addresses


def links_to(it: Edition) -> list[Link]:
    return [Link(reverse("publications"), _("Publications")), Link(_desk(it), title_of(it))]


def _desk(it: Edition, block: int | None = None) -> str:
    address = reverse("edition-desk", args=[it.publication.slug, it.number])
    return f"{address}#blokk-{block}" if block else address


def _with_place(it: Edition, sort: str, *, after: int | None, **more: str) -> str:
    """Where a block of a sort is added after another."""
    said = {"etter": str(after)} if after else {}
    address = reverse("edition-block-new", args=[it.publication.slug, it.number, sort])
    return f"{address}?{urlencode(said | more)}" if said or more else address


def _after(request: HttpRequest) -> int | None:
    """The block that another is to stand after."""
    said = request.GET.get("etter", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _status(form: BlockForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK

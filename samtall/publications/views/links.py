"""Links for those who read without an account, and the pages that they open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtall.accounts.policy import allowed, may, public_page, user_of
from samtall.accounts.signatures import names_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.text import LANGUAGES, Words
from samtall.publications import linking, queries, showing
from samtall.publications.forms import LinkForm
from samtall.publications.models import Edition, ReadingLink, Step
from samtall.publications.opened import has_list, opened, organisations_behind
from samtall.publications.published import Published
from samtall.publications.views.composing import links_to
from samtall.publications.views.reading import find, title_of
from samtall.ui.discreet import discreetly
from samtall.ui.frame import Link
from samtall.ui.paging import page_of

FORM = ["GET", "HEAD", "POST"]


# Those who give them


@allowed("publications.write")
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Every link that was given: to whom, by whom, until when, and how often it has been read."""
    page, today = page_of(request, queries.links()), clock.today()
    who = names_of(one for link in page.object_list for one in (link.made_by, link.ended_by))
    shown = [
        (link, _what(link), who.get(link.made_by, ""), who.get(link.ended_by, ""), link.is_open(today))
        for link in page.object_list
    ]
    context = {"above": [Link(reverse("publications"), _("Publications"))], "page": page, "links": shown}
    return render(request, "publications/links.html", context)


def _what(link: ReadingLink) -> str:
    if link.edition:
        return title_of(link.edition)
    if link.publication:
        return _("%(title)s, the latest edition") % {"title": Words.from_dict(link.publication.title)}
    return ""


@allowed("publications.write")
@require_http_methods(FORM)
def give(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a link; its address is shown once, on the answer that made it."""
    it, by, at = find(request.user, slug, number), user_of(request), clock.now()
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        people=may(by, "figures.people"),
        initial={"ends": timezone.localdate(at) + linking.USUAL},
    )
    made: list[tuple[ReadingLink, str]] = []

    def act() -> None:
        made.append(linking.give(it, **form.cleaned_data, by=by.signature, at=at))

    if form.is_valid() and form.attempt(act):
        link, token = made[0]
        address = request.build_absolute_uri(reverse("read-by-link", args=[token]))
        context = {"above": links_to(it), "link": link, "address": address}
        return render(request, "publications/link_made.html", context)
    context = {"above": links_to(it), "form": form, "title": title_of(it), "cancel": links_to(it)[-1].url}
    return render(request, "publications/link_form.html", context, status=422 if form.errors else 200)


@allowed("publications.write")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(ReadingLink, pk=pk)
    try:
        linking.end(link, by=user_of(request).signature, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The link to %(whom)s opens nothing any more.") % {"whom": link.label})
    return redirect("reading-links")


# Those who read


@public_page
@require_safe
def read(request: HttpRequest, token: str) -> HttpResponse:
    """An edition for somebody with a link to it."""
    link = queries.link_opened_by(token, clock.today())
    with translation.override(_language(request)):
        if link is None:
            return discreetly(request, "publications/link_over.html", 410)
        edition = queries.read_by(link)
        if edition is None:
            return discreetly(request, "publications/link_waits.html", 200, link=link, languages=_languages())
        if request.method == "GET":
            linking.count_reading(link, on=clock.today())
        published = opened(edition, link.depth)
        context = _about(link, edition, published) | {
            "blocks": showing.shown(published),
            "withdrawn": edition.steps.filter(what=Step.What.WITHDRAWN).last(),
            "lists": [
                Link(reverse("read-list", args=[token, one.anchor]), str(one.name))
                for one in published.figures.values()
                if link.depth != ReadingLink.Depth.EDITION and has_list(one)
            ],
        }
        return discreetly(request, "publications/by_link.html", 200, **context)


@public_page
@require_safe
def behind(request: HttpRequest, token: str, anchor: str) -> HttpResponse:
    """The organisations behind one of the figures, as of the edition's position."""
    link = queries.link_opened_by(token, clock.today())
    with translation.override(_language(request)):
        edition = queries.read_by(link) if link else None
        if link is None or edition is None or link.depth == ReadingLink.Depth.EDITION:
            return discreetly(request, "publications/link_over.html", 410)
        published = opened(edition, link.depth)
        figure = next((one for one in published.figures.values() if one.anchor == anchor), None)
        if figure is None or not has_list(figure):
            return discreetly(request, "publications/link_over.html", 410)
        counted = organisations_behind(published, figure, page=request.GET.get("page", "1"))
        context = _about(link, edition, published) | {"counted": counted, "back": reverse("read-by-link", args=[token])}
        return discreetly(request, "publications/list_by_link.html", 200, **context)


def _about(link: ReadingLink, edition: Edition, published: Published) -> dict[str, object]:
    """What stands on every page that a link opens: what it is, who gave it, until when."""
    return {
        "link": link,
        "given_by": names_of([link.made_by]).get(link.made_by, ""),
        "exact": link.depth == ReadingLink.Depth.EXACT,
        "edition": edition,
        "published": published,
        "languages": _languages(),
    }


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else get_language() or "nb"


def _languages() -> list[tuple[str, str, bool]]:
    chosen = (get_language() or "nb")[:2]
    names = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
    return [(code, names[code], code == chosen) for code in LANGUAGES]

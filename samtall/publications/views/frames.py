"""One figure of an edition: on a page of its own, in a frame on anybody's site, and as an image."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed
from samtall.publications import embedding, queries, showing
from samtall.publications.models import Edition
from samtall.publications.published import Figure, Published
from samtall.publications.views import reading
from samtall.publications.views.files import permanent
from samtall.ui.frame import Link
from samtall.ui.framing import LANGUAGE, framed, language_asked

#: For how long a frame and an image may be kept, in seconds: so late it may be told that an edition was withdrawn.
KEPT = 60 * 60
#: How high a frame is asked to be, without a drawing and with one.
LOW, HIGH = 240, 620


@dataclass(frozen=True)
class Shown:
    """A figure with the edition it stands in."""

    edition: Edition
    published: Published
    figure: Figure

    @classmethod
    def of(cls, edition: Edition, anchor: str) -> "Shown":
        published = Published.of(edition.frozen) if edition.frozen else None
        figure = embedding.figure_of(published, anchor) if published else None
        if published is None or figure is None:
            raise Http404
        return cls(edition, published, figure)

    @classmethod
    def newest(cls, slug: str, figure: str) -> "Shown":
        """The figure in the newest published edition that has it."""
        for edition in queries.published().filter(publication__slug=slug, state=Edition.State.PUBLISHED):
            published = Published.of(edition.frozen)
            if found := embedding.newest_of(published, figure):
                return cls(edition, published, found)
        raise Http404

    @property
    def page(self) -> str:
        return permanent("edition-figure", self.edition, self.figure.anchor)

    @property
    def withdrawn(self) -> str:
        """That the edition is withdrawn; nothing while it is not."""
        return embedding.withdrawn_words() if self.edition.state == Edition.State.WITHDRAWN else ""


@dataclass(frozen=True)
class Snippet:
    """What somebody pastes on their own site."""

    name: str
    label: str
    text: str


@allowed("publications.read")
@require_safe
def figure(request: HttpRequest, slug: str, number: int, anchor: str) -> HttpResponse:
    """The permanent page of one figure of an edition."""
    it = Shown.of(reading.find(request.user, slug, number), anchor)
    edition = Link(reverse("edition", args=[slug, number]), reading.title_of(it.edition))
    context = {
        "above": [Link(reverse("publications"), _("Publications")), edition],
        "published": it.published,
        "figure": it.figure,
        "shown": showing.shown_figure(it.figure),
        "withdrawn": it.withdrawn,
        "address": it.page,
        "snippets": _snippets(it) if it.edition.state == Edition.State.PUBLISHED else [],
    }
    return render(request, "publications/figure_alone.html", context)


@allowed("publications.read")
@require_safe
def framed_figure(request: HttpRequest, slug: str, number: int, anchor: str) -> HttpResponse:
    return _frame(request, Shown.of(_public(slug, number), anchor))


@allowed("publications.read")
@require_safe
def framed_newest(request: HttpRequest, slug: str, figure: str) -> HttpResponse:
    return _frame(request, Shown.newest(slug, figure))


@allowed("publications.read")
@require_safe
def image(request: HttpRequest, slug: str, number: int, anchor: str) -> HttpResponse:
    return _image(request, Shown.of(_public(slug, number), anchor))


@allowed("publications.read")
@require_safe
def newest_image(request: HttpRequest, slug: str, figure: str) -> HttpResponse:
    return _image(request, Shown.newest(slug, figure))


def _public(slug: str, number: int) -> Edition:
    return get_object_or_404(queries.published(), publication__slug=slug, number=number)


def _frame(request: HttpRequest, it: Shown) -> HttpResponse:
    """A page that every site may frame.

    Framing is refused elsewhere so that nobody is led to press, unseen, what does something in their name. Here nobody
    is known, for no cookie is read, and there is nothing to press but a link that leaves the frame.
    """
    with translation.override(language_asked(request)):
        context = {
            "published": it.published,
            "figure": it.figure,
            "shown": showing.shown_figure(it.figure),
            "withdrawn": it.withdrawn,
            "page": it.page,
            "source": embedding.source_words(it.published),
        }
        return _kept(framed(render_to_string("publications/frame.html", context), ["*"]), language_asked(request))


def _image(request: HttpRequest, it: Shown) -> HttpResponse:
    with translation.override(language_asked(request)):
        content = embedding.image(it.published, it.figure, withdrawn=bool(it.withdrawn))
    response = HttpResponse(content, content_type="image/svg+xml")
    response["Access-Control-Allow-Origin"] = "*"
    return _kept(response, language_asked(request))


def _kept(response: HttpResponse, language: str) -> HttpResponse:
    response["Content-Language"] = language
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def _snippets(it: Shown) -> list[Snippet]:
    """For a frame and for an image that never change, and for a frame that follows the newest edition."""
    own: Sequence[str | int] = (it.published.slug, it.published.number, it.figure.anchor)
    newest = (it.published.slug, it.figure.slug)
    pasted = render_to_string(
        "publications/snippet_image.html",
        {
            "page": it.page,
            "image": _address("framed-figure-image", own),
            "alt": f"{it.figure.name}: {embedding.told(it.figure.whole)} {it.figure.unit}",
        },
    )
    return [
        Snippet("frame-snippet", _("In a frame, with its drawing"), _pasted(it, _address("framed-figure", own))),
        Snippet("image-snippet", _("As an image"), pasted.strip()),
        Snippet(
            "newest-snippet",
            _("In a frame that shows the newest edition, as there come more"),
            _pasted(it, _address("framed-newest-figure", newest)),
        ),
    ]


def _pasted(it: Shown, address: str) -> str:
    height = HIGH if len(it.figure.series) > 1 else LOW
    context = {"framed": address, "title": it.figure.name, "height": height}
    return render_to_string("publications/snippet_frame.html", context).strip()


def _address(name: str, arguments: Sequence[str | int]) -> str:
    language = translation.get_language() or "nb"
    return f"{settings.ADDRESS}{reverse(name, args=arguments)}?{LANGUAGE}={language}"

"""What everybody may read: the list of publications, an edition, and what has been corrected since."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import Visitor, allowed, may
from samtall.base.text import Words
from samtall.publications import queries, showing
from samtall.publications.models import Edition, Step
from samtall.publications.published import Published
from samtall.ui.frame import Link
from samtall.ui.paging import page_of


@allowed("publications.read")
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Everything published, the latest edition of each first; for those who compose, what is on its way too."""
    page = page_of(request, _readable(request.user).defer("frozen"))
    shown = [(Link(address_of(one), title_of(one)), one) for one in page.object_list]
    return render(request, "publications/editions.html", {"page": page, "editions": shown})


@allowed("publications.read")
@require_safe
def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest published edition, under the address that stays the same."""
    newest = queries.published().filter(publication__slug=slug).first()
    if newest is None:
        raise Http404
    return show(request, newest)


@allowed("publications.read")
@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return show(request, find(request.user, slug, number))


def show(request: HttpRequest, edition: Edition) -> HttpResponse:
    """An edition as it was frozen."""
    if not edition.frozen:
        raise Http404
    published = Published.of(edition.frozen)
    context = {
        "above": [Link(reverse("publications"), _("Publications"))],
        "edition": edition,
        "published": published,
        "blocks": showing.shown(published),
        "withdrawn": edition.steps.filter(what=Step.What.WITHDRAWN).last(),
        "address": request.build_absolute_uri(address_of(edition)),
        "others": [
            Link(address_of(one), title_of(one))
            for one in queries.published().filter(publication=edition.publication).exclude(pk=edition.pk)
        ],
    }
    return render(request, "publications/edition.html", context)


def find(user: Visitor, slug: str, number: int) -> Edition:
    """An edition that this reader may see; what is not published is there for those who make it only."""
    return get_object_or_404(_readable(user), publication__slug=slug, number=number)


def _readable(user: Visitor) -> QuerySet[Edition]:
    return queries.all_editions() if may(user, "publications.drafts") else queries.published()


def title_of(edition: Edition) -> str:
    """ "Title, years": how an edition is called in lists."""
    first, last = edition.starts.year, edition.ends.year
    years = str(first) if first == last else f"{first}–{last}"
    return f"{Words.from_dict(edition.publication.title)}, {years}"


def address_of(edition: Edition) -> str:
    return reverse(
        "edition-desk" if edition.state == Edition.State.DRAFT else "edition",
        args=[edition.publication.slug, edition.number],
    )

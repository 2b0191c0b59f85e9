"""What an approver reads before she approves: all of it, what differs from the last edition, and what is missing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed, user_of
from samtall.accounts.signatures import names_of
from samtall.publications import queries, showing
from samtall.publications.differing import differences
from samtall.publications.missing import lacks
from samtall.publications.models import Edition, Step
from samtall.publications.published import Published
from samtall.publications.views.composing import links_to
from samtall.publications.views.reading import find, title_of


@allowed("publications.approve")
@require_safe
def review(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The edition exactly as it is frozen, with the checksum that is approved by the button."""
    it = find(request.user, slug, number)
    if not it.frozen:
        raise Http404
    published, before = Published.of(it.frozen), queries.previous(it)
    proposed = it.steps.filter(what=Step.What.PROPOSED).last()
    waits = it.state == Edition.State.PROPOSED
    context = {
        "above": links_to(it),
        "title": title_of(it),
        "edition": it,
        "published": published,
        "blocks": showing.shown(published),
        "before": before and title_of(before),
        "differences": differences(Published.of(before.frozen), published) if before else [],
        "lacks": lacks(list(zip(it.blocks.all(), published.blocks, strict=True))),
        "comments": sum(one.settled_at is None for one in queries.comments_of(it)),
        "proposed": proposed,
        "proposed_by": names_of([proposed.by]).get(proposed.by, "") if proposed else "",
        "mine": user_of(request).signature in queries.who_made(it),
        "waits": waits,
    }
    return render(request, "publications/review.html", context)

"""Saying that two organisations that both stand here are one, after seeing both and what it moves."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtall.accounts.policy import allowed, user_of
from samtall.activities import operations as activities
from samtall.activities.finding import address_of, party_at, search
from samtall.activities.models import Activity
from samtall.activities.queries import activities_with
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.reading import tidy
from samtall.identities import operations as identities
from samtall.identities.operations import Ground
from samtall.identities.queries import with_those_found_to_be
from samtall.organisations import candidates, pile, queries
from samtall.organisations.decisions import PAGE, REVIEW
from samtall.organisations.showing import link_to, link_to_all
from samtall.organisations.views.decisions import consequence
from samtall.organisations.views.review import DUPLICATES, address
from samtall.parties.models import Establishment, Organisation


@allowed("organisations.change")
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, key: str) -> HttpResponse:
    duplicate = queries.organisation_at(key)
    if duplicate is None:
        raise Http404
    said = request.POST if request.method == "POST" else request.GET
    party = party_at(said.get("med", ""))
    kept = party.organisation if isinstance(party, Establishment) else party
    if kept is None or kept == duplicate:
        return _choose(request, duplicate)
    if request.method == "POST":
        return _decide(request, duplicate, kept)
    return _confirm(request, duplicate, kept)


def _choose(request: HttpRequest, duplicate: Organisation) -> HttpResponse:
    text = tidy(request.GET.get("q", "")[:200])
    found = candidates.of_parties(search(text)) if text else candidates.of_suspicions(pile.suspicions_of(duplicate))
    context = {
        "links": [link_to_all(), link_to(duplicate)],
        "duplicate": duplicate,
        "text": text,
        "possible": candidates.shown([one for one in found if one.organisation != duplicate]),
    }
    return render(request, "organisations/merge_choose.html", context)


def _confirm(request: HttpRequest, duplicate: Organisation, kept: Organisation) -> HttpResponse:
    moved = activities_with(with_those_found_to_be([duplicate.pk]))
    suspicion = pile.suspicions_of(duplicate).filter(organisation=kept).first()
    found = [candidates.Possible(duplicate), *(candidates.of_suspicions([suspicion]) if suspicion else [])]
    if suspicion is None:
        found.append(candidates.Possible(kept))
    both = candidates.shown(found)
    context: dict[str, Any] = {
        "links": [link_to_all(), link_to(duplicate)],
        "duplicate": both[0],
        "kept": both[1],
        "with": address_of(kept),
        "swap_url": f"{reverse('organisation-merge', args=[queries.key_of(kept)])}?med={address_of(duplicate)}",
        "consequence": consequence(moved.count()),
        "years": _years(moved),
        "from_review": request.GET.get("fra") == REVIEW,
        "cancel_url": link_to(duplicate).url,
    }
    return render(request, "organisations/merge.html", context)


def _years(moved: QuerySet[Activity]) -> list[int]:
    """The years of the exact figures that have any of these activities."""
    validated = moved.filter(step=Activity.Step.VALIDATED)
    return sorted(set(validated.values_list(ExtractYear("starts"), flat=True)))


def _decide(request: HttpRequest, duplicate: Organisation, kept: Organisation) -> HttpResponse:
    by, at = user_of(request), clock.now()
    source = REVIEW if "from_review" in request.POST else PAGE
    onward = address(DUPLICATES) if source == REVIEW else link_to(kept).url
    try:
        if "different" in request.POST:
            identities.distinguish(duplicate, kept, source=source, by=by, at=at)
            messages.success(request, _("It is remembered that they are not the same."))
        else:
            activities.identify(duplicate, kept, ground=Ground(source=source), by=by, at=at)
            names = {"duplicate": duplicate.name, "kept": kept.name}
            messages.success(request, _("“%(duplicate)s” is counted as “%(kept)s” from now.") % names)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(link_to(duplicate).url)
    return redirect(onward)

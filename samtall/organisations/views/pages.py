"""Organisations: found, looked at, added."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed, reach_of
from samtall.activities.finding import age_of_register
from samtall.activities.showing import activities_table, with_parties
from samtall.base import clock
from samtall.base.reading import tidy
from samtall.identities.queries import also_written_as, standing_identification
from samtall.organisations import queries, showing
from samtall.organisations.decisions import shown
from samtall.organisations.forms import NewOrganisationForm
from samtall.parties.models import Organisation, Succession
from samtall.parties.queries import establishment_by_number
from samtall.ui.frame import Link
from samtall.ui.paging import PAGE_SIZE, page_of

#: The tab of every organisation that a register has, by what the address says.
WHOLE_REGISTER = "alle"


@allowed("organisations.read", narrowed=True)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    asked = tidy(request.GET.get("q", "")[:200])
    everything = reach_of(request).everything
    whole = everything and request.GET.get("vis") == WHOLE_REGISTER
    carried = {"q": asked} if asked else {}
    tabs = [
        Link("?" + urlencode(carried), _("Take part in something"), current=not whole),
        Link("?" + urlencode(carried | {"vis": WHOLE_REGISTER}), _("The whole register"), current=whole),
    ]
    tabs = tabs if everything else []
    context: dict[str, Any] = {"asked": asked, "whole": whole, "tabs": tabs, "register": age_of_register()}
    context |= _register(request, asked) if whole else _taking_part(request, asked)
    return render(request, "organisations/organisations.html", context)


def _taking_part(request: HttpRequest, asked: str) -> dict[str, Any]:
    among = queries.within(reach_of(request), request.user)
    page = page_of(request, queries.taking_part(among, asked).prefetch_related("attributes"))
    return {"page": page, "table": showing.organisations_table(page.object_list)}


def _register(request: HttpRequest, asked: str) -> dict[str, Any]:
    """Pages without numbers: nobody leafs to the 22 000th, and counting them costs more than showing one."""
    last = queries.organisation_at(request.GET.get("etter", ""))
    found = queries.in_register(asked) if asked else queries.by_name_after(last)
    prefetch_related_objects(found, "attributes")
    more = not asked and len(found) == PAGE_SIZE
    return {
        "keep": ("vis", WHOLE_REGISTER),
        "table": showing.organisations_table(found),
        "next_url": f"?{urlencode({'vis': WHOLE_REGISTER, 'etter': str(found[-1].pk)})}" if more else "",
        "first_url": f"?vis={WHOLE_REGISTER}" if last else "",
    }


@allowed("organisations.read", narrowed=True)
@require_safe
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    seen = queries.within(reach_of(request), request.user)
    one = queries.organisation_at(key)
    if one is None:
        site = establishment_by_number(key)
        if site is None or not seen.filter(pk=site.organisation_id).exists():
            raise Http404
        return redirect("organisation", queries.key_of(site.organisation))
    if not seen.filter(pk=one.pk).exists():
        raise Http404
    ours = reach_of(request).covers(one)
    if key != queries.key_of(one):
        return redirect("organisation", queries.key_of(one))
    sites = one.establishments.order_by("search_name", "pk").prefetch_related("attributes")
    links = Succession.objects.filter(Q(predecessor=one) | Q(successor=one)).order_by("on", "pk")
    activities = page_of(request, with_parties(queries.activities_of(one, request.user)))
    said = list(one.attributes.order_by("valid_from"))
    context = {
        "organisation": one,
        "links": [showing.link_to_all()],
        "found_to_be": shown([found])[0] if ours and (found := standing_identification(one)) else None,
        "also_written_as": shown(also_written_as(one)[:PAGE_SIZE]) if ours else [],
        "facts": showing.facts_about(one, said),
        "history": showing.history_table(said),
        "sites": showing.sites_table(sites[:PAGE_SIZE]),
        "more_sites": max(sites.count() - PAGE_SIZE, 0),
        "successions": showing.successions_table(links.select_related("predecessor", "successor")),
        "people": queries.people_of(one, request.user),
        "activities": activities,
        "activities_table": activities_table(activities.object_list),
    }
    return render(request, "organisations/organisation.html", context)


@allowed("organisations.change")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = NewOrganisationForm(
        request.POST or None, initial={"name": request.GET.get("navn", "")[:300], "country": "NO"}
    )
    if request.method == "POST" and form.is_valid() and (added := form.save(clock.now())):
        said = _("%(name)s is here already.") if form.known else _("%(name)s was added.")
        messages.success(request, said % {"name": added.name})
        return redirect(_onward(request.GET.get("avklarer", ""), added))
    return render(request, "organisations/new.html", {"form": form, "links": [showing.link_to_all()]})


def _onward(cleared: str, added: Organisation) -> str:
    """To the new organisation, or back to the name that it was added for, with it found."""
    if added.number and cleared.isascii() and cleared.isdigit():
        return f"{reverse('identities-review')}?{urlencode({'navn': cleared, 'q': added.number})}"
    return reverse("organisation", args=[queries.key_of(added)])

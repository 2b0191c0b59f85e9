"""Organisations: found, looked at, added."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed
from samtall.activities.showing import activities_table, with_parties
from samtall.base import clock
from samtall.base.reading import tidy
from samtall.identities.queries import also_written_as, standing_identification
from samtall.organisations import queries, showing
from samtall.organisations.decisions import shown
from samtall.organisations.forms import NewOrganisationForm
from samtall.parties.models import Succession
from samtall.parties.queries import establishment_by_number, organisations_matching
from samtall.ui.frame import Link
from samtall.ui.paging import PAGE_SIZE, page_of

#: The tab of every organisation that a register has, by what the address says.
WHOLE_REGISTER = "alle"


@require_safe
@allowed("organisations.read")
def organisations(request: HttpRequest) -> HttpResponse:
    asked = tidy(request.GET.get("q", "")[:200])
    whole = request.GET.get("vis") == WHOLE_REGISTER
    carried = {"q": asked} if asked else {}
    tabs = [
        Link("?" + urlencode(carried), _("Take part in something"), current=not whole),
        Link("?" + urlencode(carried | {"vis": WHOLE_REGISTER}), _("The whole register"), current=whole),
    ]
    found = organisations_matching(asked) if whole else queries.taking_part(asked)
    page = page_of(request, found.prefetch_related("attributes"))
    context = {
        "asked": asked,
        "whole": whole,
        "keep": ("vis", WHOLE_REGISTER) if whole else None,
        "tabs": tabs,
        "page": page,
        "register": showing.register_age(),
        "table": showing.organisations_table(page.object_list),
    }
    return render(request, "organisations/organisations.html", context)


@require_safe
@allowed("organisations.read")
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    one = queries.organisation_at(key)
    if one is None:
        site = establishment_by_number(key)
        if site is None:
            raise Http404
        return redirect("organisation", queries.key_of(site.organisation))
    if key != queries.key_of(one):
        return redirect("organisation", queries.key_of(one))
    sites = one.establishments.order_by("search_name", "pk").prefetch_related("attributes")
    links = Succession.objects.filter(Q(predecessor=one) | Q(successor=one)).order_by("on", "pk")
    activities = page_of(request, with_parties(queries.activities_of(one, request.user)))
    context = {
        "organisation": one,
        "links": [showing.link_to_all()],
        "found_to_be": shown([said])[0] if (said := standing_identification(one)) else None,
        "also_written_as": shown(also_written_as(one)[:PAGE_SIZE]),
        "facts": showing.facts_about(one),
        "history": showing.history_table(list(one.attributes.all())),
        "sites": showing.sites_table(sites[:PAGE_SIZE]),
        "more_sites": max(sites.count() - PAGE_SIZE, 0),
        "successions": showing.successions_table(links.select_related("predecessor", "successor")),
        "people": queries.people_of(one, request.user),
        "activities": activities,
        "activities_table": activities_table(activities.object_list),
    }
    return render(request, "organisations/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("organisations.change")
def new(request: HttpRequest) -> HttpResponse:
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (added := form.save(clock.now())):
        messages.success(request, _("%(name)s was added.") % {"name": added.name})
        return redirect("organisation", queries.key_of(added))
    return render(request, "organisations/new.html", {"form": form, "links": [showing.link_to_all()]})

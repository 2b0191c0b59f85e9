"""Organisations: found, looked at, added."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed
from samtall.activities.showing import activities_table, with_parties
from samtall.base import clock
from samtall.base.reading import tidy
from samtall.organisations import queries, showing
from samtall.organisations.forms import NewOrganisationForm
from samtall.parties.models import Succession
from samtall.parties.queries import establishment_by_number, organisations_matching
from samtall.ui.paging import PAGE_SIZE, page_of


@require_safe
@allowed("organisations.read")
def organisations(request: HttpRequest) -> HttpResponse:
    asked = tidy(request.GET.get("q", "")[:200])
    page = page_of(request, organisations_matching(asked).prefetch_related("attributes"))
    context = {"asked": asked, "page": page, "table": showing.organisations_table(page.object_list)}
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

"""The regions that programmes are for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtall.accounts.policy import allowed, user_of
from samtall.base import clock
from samtall.places import queries as places
from samtall.places.models import Region
from samtall.programmes import operations
from samtall.programmes.queries import name_of
from samtall.programmes.region_forms import RegionForm
from samtall.ui.asking import ask
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Table

FORM = ["GET", "HEAD", "POST"]


@allowed("programmes.change")
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    rows = [
        (
            Link(reverse("region", args=[one.slug]), str(name_of(one))),
            ", ".join(member.name for member in places.members_of(one)),
        )
        for one in places.regions()
    ]
    table = Table(_("Regions"), [Column(_("Region")), Column(_("Municipalities"))], rows)
    above = [Link(reverse("programmes"), _("Programmes"))]
    return render(request, "programmes/region_list.html", {"table": table, "above": above})


@allowed("programmes.change")
@require_http_methods(FORM)
def region_new(request: HttpRequest) -> HttpResponse:
    return _said(request, None, _("New region"))


@allowed("programmes.change")
@require_http_methods(FORM)
def region(request: HttpRequest, slug: str) -> HttpResponse:
    return _said(request, get_object_or_404(Region, slug=slug), _("Change the region"))


def _said(request: HttpRequest, standing: Region | None, heading: str) -> HttpResponse:
    form = RegionForm(request.POST or None, region=standing)
    if request.method == "POST" and form.is_valid():
        by, at = user_of(request).signature, clock.now()
        operations.say_region(form.slug, form.name, form.cleaned_data["municipalities"], by=by, at=at)
        messages.success(request, _("Saved."))
        return redirect("regions")
    links = [Link(reverse("programmes"), _("Programmes")), Link(reverse("regions"), _("Regions"))]
    kept = _("Figures that have been made already keep the municipalities that they were made with.")
    return ask(request, form, heading, lead=kept if standing else "", links=links)

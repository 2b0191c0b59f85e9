"""Making figures and new versions of them, with what they would say beside the choices; and putting figures away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtall.accounts.policy import allowed, may, user_of
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.periods import period_of
from samtall.figures import operations, queries
from samtall.figures.choosing import DefinitionForm, NamesForm
from samtall.figures.comparing import compared
from samtall.figures.models import Figure, FigureVersion
from samtall.figures.previewing import preview
from samtall.ui.frame import Link


@allowed("figures.change")
@require_http_methods(["GET", "POST"])
def figure_new(request: HttpRequest) -> HttpResponse:
    """A figure of one's own; `?fra=` begins it as another figure stands."""
    start = _latest(request.GET.get("fra", "")) if request.GET.get("fra") else None
    chosen = DefinitionForm(request.POST or None, definition=queries.definition_of(start) if start else None)
    named = NamesForm(_if_saved(request), initial=request.POST.dict())
    if "save" in request.POST and chosen.is_valid() and named.is_valid():
        try:
            version = operations.make(
                named.cleaned_data["slug"],
                name=named.words,
                definition=chosen.definition,
                public=named.cleaned_data["public"],
                reason=named.cleaned_data["reason"],
                by=user_of(request).signature,
                at=clock.now(),
            )
            messages.success(request, _("The figure is made."))
            return redirect("figure", version.figure.slug)
        except Refusal as refusal:
            named.add_error(None, str(refusal))
    return render(request, "figures/edit.html", _context(request, chosen, named, _("New figure")))


@allowed("figures.change")
@require_http_methods(["GET", "POST"])
def figure_version_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new version: the old one stays, and what would change is seen before it is saved (R18)."""
    latest = _latest(slug)
    old = queries.definition_of(latest)
    chosen = DefinitionForm(request.POST or None, definition=old)
    named = NamesForm(_if_saved(request), latest=latest, initial=request.POST.dict())
    begun_from = request.POST.get("begun_from", str(latest.number))
    if "save" in request.POST and chosen.is_valid() and named.is_valid():
        try:
            made = operations.define(
                slug,
                name=named.words,
                definition=chosen.definition,
                reason=named.cleaned_data["reason"],
                begun_from=int(begun_from) if begun_from.isascii() and begun_from.isdigit() else 0,
                by=user_of(request).signature,
                at=clock.now(),
            )
            said = _("Nothing was changed: the figure already says this.")
            if made.number != latest.number:
                said = _("Version %(number)s is made.") % {"number": made.number}
            messages.success(request, said)
            return redirect("figure", slug)
        except Refusal as refusal:
            named.add_error(None, str(refusal))
    context = _context(request, chosen, named, _("New version"))
    context["above"].append(Link(reverse("figure", args=[slug]), str(queries.name_of(latest))))
    context |= {"latest": latest, "begun_from": begun_from}
    if chosen.is_bound and chosen.is_valid() and chosen.definition != old:
        names = may(request.user, "figures.list")
        context["compared"] = compared(old, chosen.definition, request.user, until=clock.today(), names=names)
    return render(request, "figures/edit.html", context)


@allowed("figures.change")
@require_POST
def figure_archive(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Put a figure away, or take it out again: it can be read as long as it exists."""
    figure = _latest(slug).figure
    away = "restore" not in request.POST
    operations.archive(figure, away=away, by=user_of(request).signature, at=clock.now())
    messages.success(request, _("The figure is put away.") if away else _("The figure is offered again."))
    return redirect("figure", slug)


def _if_saved(request: HttpRequest) -> QueryDict | None:
    """What was written of names, when it is to be saved; before that nothing of it is wrong."""
    return request.POST if "save" in request.POST else None


def _context(request: HttpRequest, chosen: DefinitionForm, named: NamesForm, title: str) -> dict[str, Any]:
    context: dict[str, Any] = {
        "above": [Link(reverse("figures"), _("Figures"))],
        "title": title,
        "chosen": chosen,
        "named": named,
        "preview": None,
    }
    if chosen.is_bound and chosen.is_valid():
        definition = chosen.definition
        period = chosen.cleaned_data["periode"] or period_of(queries.latest_start(clock.today()), definition.calendar)
        context["preview"] = preview(definition, period, request.user)
    return context


def _latest(slug: str) -> FigureVersion:
    try:
        return queries.current_version(slug)
    except (FigureVersion.DoesNotExist, Figure.DoesNotExist):
        raise Http404 from None

"""What kinds of activity there are, and what each of them is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed, public_page
from samtall.activities import registry
from samtall.activities.kind import Kind, PartyType, Role
from samtall.activities.operations import UnknownKind
from samtall.activities.views.answering import above
from samtall.activities.vocabulary import EVIDENCE, FAMILIES
from samtall.ledger.facts import Side
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Table


@public_page
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    families = [
        {"name": words, "kinds": [kind for kind in registry.kinds() if kind.family is family]}
        for family, words in FAMILIES.items()
    ]
    return render(request, "activities/kinds.html", {"families": families})


@public_page
@require_safe
def kind(request: HttpRequest, code: str) -> HttpResponse:
    found = known(code)
    columns = [Column(label) for label in (_("Role"), _("Who"), _("Side"), _("Must be there"))]
    rows = [(str(role.words), _who(role), _side(role), _("Yes") if role.required else _("No")) for role in found.roles]
    context = {
        "kind": found,
        "links": [Link(reverse("kinds"), _("Kinds of activity"))],
        "roles": Table(_("Who takes part"), columns, rows),
        "evidence": [EVIDENCE[one] for one in found.evidence],
    }
    return render(request, "activities/kind.html", context)


@allowed("activities.record", narrowed=True)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    return render(request, "activities/choose.html", {"kinds": registry.kinds(), "links": above()})


def known(code: str) -> Kind:
    """The kind of this code, or not found."""
    try:
        return registry.kind(code)
    except UnknownKind:
        raise Http404 from None


def _who(role: Role) -> str:
    if role.party is PartyType.ORGANISATION:
        return _("Organisation")
    return _("Person, or a number of people") if role.named else _("A number of people, without names")


def _side(role: Role) -> str:
    return _("Education") if role.side is Side.EDUCATION else _("Outside education")

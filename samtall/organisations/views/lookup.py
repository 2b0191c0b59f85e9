"""Suggestions while somebody writes who it is, for the lookup fields of any form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed, reach_of
from samtall.activities.finding import is_label, label_of, open_ones, register_is_open, search
from samtall.base.reading import tidy
from samtall.organisations import candidates

#: How many are suggested at a time, and from how many characters on.
MOST, LEAST = 8, 2


@allowed("organisations.read", narrowed=True)
@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """The options for what is typed in the field that the address names; none for what was just chosen."""
    text = tidy(request.GET.get(request.GET.get("field", ""), "")[:200])
    found = search(text, most=MOST) if len(text) >= LEAST and not is_label(text) else []
    if not reach_of(request).everything:
        found = open_ones(found) if register_is_open() else []
    possible = candidates.of_parties(found)
    shown = zip(found, candidates.shown(possible), strict=True)
    options = [(label_of(party), party.name, _details(card)) for party, card in shown]
    return render(request, "ui/components/options.html", {"options": options})


def _details(card: candidates.ShownPossible) -> str:
    closed = _("closed %(day)s") % {"day": card.closed} if card.closed else ""
    site = _("work site of %(organisation)s") % {"organisation": card.link.label} if card.site else ""
    return " · ".join(filter(None, (card.number, site, card.form, card.municipality, card.industry, closed)))

"""The directory of knowledge environments: found in everyday words, and looked at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import public_page
from samtall.base.reading import tidy
from samtall.knowledge import queries
from samtall.knowledge.models import Environment
from samtall.places.queries import names_of_codes
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Table


@public_page
@require_safe
def environments(request: HttpRequest) -> HttpResponse:
    asked = tidy(request.GET.get("q", "")[:200])
    found = queries.searched(asked)
    columns = [_("Name"), _("Institution"), _("Level"), _("Subject areas")]
    rows = [
        (
            Link(reverse("environment", args=[one.slug]), one.name),
            one.institution.name,
            str(one.get_level_display()),
            ", ".join(one.subjects[:6]),
        )
        for one in found
    ]
    table = Table(_("Knowledge environments"), [Column(label) for label in columns], rows, caption_hidden=True)
    return render(request, "knowledge/environments.html", {"asked": asked, "found": found, "table": table})


@public_page
@require_safe
def environment(request: HttpRequest, slug: str) -> HttpResponse:
    one = get_object_or_404(Environment.objects.select_related("institution"), slug=slug)
    names = names_of_codes()
    facts = [
        (_("Institution"), one.institution.name),
        (_("Level"), str(one.get_level_display())),
        (_("Subject areas"), ", ".join(one.subjects)),
        (_("Where"), ", ".join(names.get(code, code) for code in one.municipalities)),
        (_("Contact"), " · ".join(part for part in (one.contact_name, one.contact_email) if part)),
    ]
    context = {
        "environment": one,
        "facts": [pair for pair in facts if pair[1]],
        "links": [Link(reverse("environments"), _("Knowledge environments"))],
    }
    return render(request, "knowledge/environment.html", context)

"""What stands around every page, for the one who reads it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from samtall.accounts.policy import Visitor, may, may_somewhere
from samtall.ui.frame import Frame, Link


@dataclass(frozen=True)
class Room:
    """A part of the house in the main menu: its address by name, and what it takes to enter."""

    name: str
    label: Any
    permission: str
    narrowed: bool = False

    def is_open_to(self, user: Visitor) -> bool:
        return (may_somewhere if self.narrowed else may)(user, self.permission)


ROOMS = (
    Room("programmes", _("Programmes"), "programmes.read"),
    Room("figures", _("Figures"), "figures.read"),
    Room("publications", _("Publications"), "publications.read"),
    Room("surveys", _("Surveys"), "surveys.read"),
    Room("inquiries", _("Inquiries"), "inquiries.read", narrowed=True),
    Room("activities", _("Activities"), "activities.read", narrowed=True),
    Room("validation", _("Approval"), "activities.validate", narrowed=True),
    Room("organisations", _("Organisations"), "organisations.read", narrowed=True),
    Room("imports", _("Import"), "imports.run"),
    Room("letters", _("Letters"), "letters.handle"),
    Room("privacy-desk", _("Data protection"), "privacy.manage"),
    Room("mine", _("My page"), "mine.read", narrowed=True),
    Room("users", _("Users"), "accounts.manage", narrowed=True),
)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor behind ui/base.html."""
    user = getattr(request, "user", AnonymousUser())
    here = request.get_full_path() if request.method == "GET" else request.path
    return {
        "frame": Frame(
            home=reverse("home"),
            set_language=reverse("set-language"),
            here=here,
            languages=tuple(settings.LANGUAGES),
            navigation=tuple(_navigation(request.path, user)),
            footer=tuple(_footer()),
            signed_in_as=str(user) if user.is_authenticated else "",
            search=reverse("search") if may_somewhere(user, "organisations.read") else "",
            account=reverse("account") if user.is_authenticated else "",
            sign_in=f"{reverse('sign-in')}?{urlencode({'next': here})}",
            sign_out=reverse("sign-out") if user.is_authenticated else "",
            demonstration=settings.DEMONSTRATION,
        )
    }


def _navigation(path: str, user: Visitor) -> list[Link]:
    open_rooms = [(reverse(room.name), str(room.label)) for room in ROOMS if room.is_open_to(user)]
    return [Link(url, label, current=path.startswith(url)) for url, label in open_rooms]


def _footer() -> list[Link]:
    statement = settings.ACCESSIBILITY_STATEMENT or reverse("accessibility")
    return [
        Link(reverse("about"), str(_("About Samtall"))),
        Link(reverse("check-books"), str(_("Check the books"))),
        Link(reverse("privacy"), str(_("Privacy and cookies"))),
        Link(statement, str(_("Accessibility"))),
    ]

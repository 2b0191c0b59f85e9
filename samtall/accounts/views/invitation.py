"""The link in an invitation. Opening it shows a button and uses up nothing: scanners of mail open links too."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samtall.accounts import operations
from samtall.accounts.policy import public_page
from samtall.accounts.social import ACCEPTED
from samtall.accounts.views.people import role_words, tell_privacy
from samtall.base import clock


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is invited to; the button accepts it and leads to signing in."""
    try:
        found = operations.open_invitation(token, at=clock.now())
        if request.method == "POST":
            user = operations.accept(found, at=clock.now())
    except operations.InvitationOver as refusal:
        return render(request, "accounts/invitation_over.html", {"why": refusal}, status=410)
    if request.method != "POST":
        return render(request, "accounts/invitation.html", {"invitation": found, "role": role_words(found.role)})
    tell_privacy(user)
    request.session[ACCEPTED] = found.pk
    messages.success(request, _("Your access is ready. Now sign in."))
    return redirect("sign-in")

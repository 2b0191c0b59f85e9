"""Moving to another e-mail address: asked for by who is signed in, and done by the same where a letter to it leads."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samtall.accounts import letters, limits, new_address
from samtall.accounts.assurance import confirmed
from samtall.accounts.forms import NewAddressForm
from samtall.accounts.models import NewAddress, User
from samtall.accounts.policy import public_page, signed_in, user_of
from samtall.base import clock
from samtall.ui.asking import ask
from samtall.ui.frame import Link

HOUR = timedelta(hours=1)


@signed_in
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask to be reached at another address. What is answered is the same whosever it is."""
    user, at = user_of(request), clock.now()
    form = NewAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _may_ask(request, user, email := form.cleaned_data["email"].lower()):
            _ask(user, email)
            return redirect("account-address")
        form.add_error("email", _("Too many attempts. Wait an hour and try again."))
    if request.method != "POST" and (asked := new_address.waiting(user, at=at)):
        return _waits(request, asked)
    lead = _("We write to the new address. Until the link in that letter is used, everything stays as it is.")
    return ask(request, form, _("Change the e-mail address"), lead=lead, submit=_("Send the letter"), links=_above())


@signed_in
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Take back what one has asked for."""
    new_address.stop(user_of(request))
    messages.success(request, _("The link no longer holds. Your address is as it was."))
    return redirect("account")


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Where the letter leads. Looking changes nothing; the button does, once, for who has asked and is signed in.

    An address that was miswritten is somebody else's: who reads mail there must not be able to take the account over.
    """
    at = clock.now()
    try:
        asked = new_address.opened(token, at=at)
        mine = request.user == asked.user
        if request.method != "POST" or not mine:
            sign_in = "" if mine else f"{reverse('sign-in')}?{urlencode({'next': request.path})}"
            return render(request, "accounts/new_address.html", {"asked": asked, "sign_in": sign_in})
        old = new_address.move(asked, at=at)
    except new_address.LinkOver as refusal:
        return render(request, "accounts/link_over.html", {"why": refusal}, status=410)
    _tell(asked.user, old, "accounts/letters/address_changed.txt")
    messages.success(request, _("From now on we reach you at the new address. It is also the one you sign in with."))
    return redirect("account")


def _waits(request: HttpRequest, asked: NewAddress) -> HttpResponse:
    context = {"asked": asked, "until": asked.asked_at + new_address.HOLDS, "links": _above()}
    return render(request, "accounts/address_waits.html", context)


def _ask(user: User, email: str) -> None:
    _asked, token = new_address.ask(user, email, at=clock.now())
    address = settings.ADDRESS + reverse("new-address", args=[token])
    if new_address.is_free(email):
        letters.write("accounts/letters/new_address.txt", [email], language=user.language, user=user, address=address)
    _tell(user, user.email, "accounts/letters/address_asked.txt")


def _tell(user: User, old: str, letter: str) -> None:
    """Tell the one who has been reached at the old address, so that somebody else's hand is noticed."""
    letters.write(
        letter, [old], language=user.language, user=user, account=settings.ADDRESS + reverse("account-address")
    )


def _may_ask(request: HttpRequest, user: User, email: str) -> bool:
    """Enough to correct a slip of the pen, and too little to fill a mailbox or to try out addresses."""
    network, at = limits.place_of(request).address, clock.now()
    return (
        limits.take("new-address", str(user.pk), most=5, per=HOUR, at=at)
        and limits.take("new-addresses", network, most=20, per=HOUR, at=at)
        and limits.take("letters", email, most=60, per=HOUR, at=at)
    )


def _above() -> list[Link]:
    return [Link(reverse("account"), _("My account"))]

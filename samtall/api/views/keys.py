"""The pages where keys are made, seen and revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtall.accounts.policy import PERMISSIONS, allowed, user_of
from samtall.api import operations
from samtall.api.forms import KeyForm
from samtall.api.queries import keys_of
from samtall.base import clock
from samtall.base.errors import Refusal


@allowed("api.use", narrowed=True)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """One's own keys; a new one's secret is shown once, on the answer that made it."""
    today = timezone.localdate(clock.now())
    shown = [
        (key, [str(PERMISSIONS[scope]) for scope in key.scopes], key.works_on(today))
        for key in keys_of(user_of(request))[:200]
    ]
    return render(request, "api/keys.html", {"keys": shown})


@allowed("api.use", narrowed=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by, now = user_of(request), clock.now()
    form = KeyForm(request.POST or None, user=by, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            key, secret = operations.make_key(
                said["name"], scopes=said["scopes"], last_day=said["last_day"], by=by, at=now
            )
        except Refusal as refusal:
            form.add_error("last_day", str(refusal))
        else:
            return render(request, "api/made.html", {"key": key, "secret": secret})
    return render(request, "api/new.html", {"form": form})


@allowed("api.use", narrowed=True)
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    by = user_of(request)
    key = get_object_or_404(keys_of(by), pk=pk)
    operations.revoke_key(key, by=by, at=clock.now())
    messages.success(request, _("The key “%(name)s” opens nothing any more.") % {"name": key.name})
    return redirect("api-keys")

"""Signing in with an OpenID provider, and connecting one to an account."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from samtall.accounts.assurance import confirmed
from samtall.accounts.policy import public_page, signed_in, user_of
from samtall.accounts.provider import Adapter, OpenIDProvider


@public_page
@never_cache
@require_safe
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider. A link and not a form: a form may not lead out of the house (form-action)."""
    return _leave(request, provider_id, AuthProcess.LOGIN, request.GET.get("next", ""))


@signed_in
@require_safe
@confirmed
def connect(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The same, to sign in with the provider the next time."""
    return _leave(request, provider_id, AuthProcess.CONNECT, "")


@public_page
@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider."""
    _provider(request, provider_id)
    response: HttpResponse = OAuth2CallbackView.adapter_view(Adapter(request, provider_id))(request)
    return response


@signed_in
@require_POST
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a provider's word be enough no longer; the code by e-mail always is."""
    get_object_or_404(SocialAccount, pk=pk, user=user_of(request)).delete()
    messages.success(request, _("Disconnected."))
    return redirect("account")


def _leave(request: HttpRequest, provider_id: str, process: str, onwards: str) -> HttpResponse:
    provider = _provider(request, provider_id)
    safe = url_has_allowed_host_and_scheme(onwards, {request.get_host()}, require_https=request.is_secure())
    try:
        response: HttpResponse = provider.redirect(request, process=process, next_url=onwards if safe else None)
    except (OAuth2Error, RequestException, KeyError, ValueError):
        messages.error(request, _("%(provider)s does not answer. Try again later.") % {"provider": provider.app.name})
        return redirect("account" if process == AuthProcess.CONNECT else "sign-in")
    return response


def _provider(request: HttpRequest, provider_id: str) -> OpenIDProvider:
    try:
        provider: OpenIDProvider = get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return provider

"""What templates ask about users: `{% if user|may:"imports.run" %}`."""

from django import template
from django.contrib.auth.models import AnonymousUser

from samtall.accounts import policy
from samtall.accounts.policy import Visitor

register = template.Library()


@register.filter
def may(user: Visitor, permission: str) -> bool:
    """Whether a user has a permission. An error page without a user shows what everybody may do."""
    return policy.may(user or AnonymousUser(), permission)


@register.filter
def may_somewhere(user: Visitor, permission: str) -> bool:
    """Whether a user has a permission for everything, or for what belongs to some organisation."""
    return policy.may_somewhere(user or AnonymousUser(), permission)

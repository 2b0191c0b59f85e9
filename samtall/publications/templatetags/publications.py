"""How texts of publications stand on a page."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from samtall.programmes.standing import Status
from samtall.publications import showing
from samtall.publications.published import Answer, Said, Target

register = template.Library()


@register.filter
def told(said: Said) -> str:
    """A text; in another language than the page's where it lacks that, and then marked as such."""
    wanted = (get_language() or "nb")[:2]
    found = said.language(wanted)
    text = said.in_language(wanted)
    return text if found == wanted or not text else format_html('<span lang="{}">{}</span>', found, text)


@register.filter
def plain(value: Decimal | None) -> int | Decimal | None:
    """A whole number without its decimals."""
    return showing.plain(value)


@register.filter
def beside(answer: Answer) -> list[str]:
    """What stands beside a number (R17)."""
    return showing.notes(answer)


@register.filter
def colour(target: Target) -> str:
    """The colour that repeats what a target's status says."""
    return Status(target.status).colour


@register.filter
def name_of(names: dict[str, str], signature: str) -> str:
    """Who a signature stands for; as it is written where nobody is known by it."""
    return names.get(signature, signature)

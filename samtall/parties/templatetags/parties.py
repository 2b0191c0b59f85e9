"""`{% load parties %}`: how parties are shown in templates."""

from django import template

from samtall.parties.numbers import format_number

register = template.Library()


@register.filter
def orgnr(number: str) -> str:
    """`974 760 673`, with no-break spaces; anything but nine digits is shown as it is."""
    return format_number(str(number))

"""Numbers and dates as they are written in Norway, and the page numbers of a list."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page

from samtall.ui import writing

register = template.Library()


@register.filter
def number(value: int | Decimal | float | str | None) -> str:
    """12345.5 as "12 345,5"; text is shown as it stands, nothing as a dash."""
    return writing.number(value)


@register.filter
def thousandths(value: int | None) -> str:
    """123500 thousandths as "123,5": quantities are kept in thousandths."""
    return writing.thousandths(value)


@register.filter
def norwegian_date(value: date | None) -> str:
    """15. september 2016."""
    return writing.long_date(value)


@register.filter
def short_date(value: date | None) -> str:
    """15.09.2016."""
    return writing.short_date(value)


@register.filter
def moment(value: datetime | date | None) -> str:
    """15. september 2016 kl. 14.30."""
    return writing.moment(value)


@register.filter
def span(first: date | None, last: date | None) -> str:
    """15.09.2016–31.12.2016; an open end when `last` is None or in the year 9999."""
    return writing.span(first, last)


@register.filter
def page_numbers(page: "Page[Any]") -> list[int | None]:
    """The page numbers to show; None stands for those left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]

"""Components that decide something."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from samtall.ui.frame import Link
from samtall.ui.paging import page_of
from samtall.ui.tables import Column, Table


def shown(component: str, address: str = "/", **values: Any) -> str:
    words = " ".join(f"{name}={name}" for name in values)
    template = f'{{% include "ui/components/{component}.html" with {words} only %}}'
    html = engines["django"].from_string(template).render(values, RequestFactory().get(address))
    return re.sub(r"[ \n]+", " ", html).strip()


def test_a_figure_shows_what_is_uncertain_beside_the_number() -> None:
    html = shown("figure_card", label="Bedrifter", value=1034, pending=6, unidentified=2, lowest=1035, highest=1036)
    assert "1\u00a0034" in html
    assert "6 venter på godkjenning" in html
    assert "2 er ikke identifisert: mellom 1\u00a0035 og 1\u00a0036" in html


def test_a_certain_figure_shows_nothing_beside_it() -> None:
    html = shown("figure_card", label="Bedrifter", value=0, pending=0, unidentified=0, lowest=0, highest=0)
    assert "figure-card-notes" not in html
    assert ">0<" in html


def test_a_target_of_zero_is_shown_and_no_target_is_not() -> None:
    assert "av målet på 0" in shown("figure_card", label="Ulykker", value=1, target=0)
    assert "av målet" not in shown("figure_card", label="Bedrifter", value=1, target=None)


def test_a_table_has_cells_that_carry_their_heading() -> None:
    table = Table("Liste", [Column("Navn"), Column("Timer", True)], [[Link("/a/", "Ås"), Decimal("2.5")], ["Bø", 0]])
    html = shown("table", table=table)
    assert '<td role="cell" data-label="Navn"><a href="/a/">Ås</a></td>' in html
    assert '<td role="cell" data-label="Timer" class="number">2,5</td>' in html
    assert '<td role="cell" data-label="Timer" class="number">0</td>' in html


def test_a_table_refuses_a_row_of_another_width() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(Table("Liste", [Column("Navn")], [["a", "b"]]).body())


def test_pages_keep_what_else_the_address_asks_for() -> None:
    page = page_of(RequestFactory().get("/?side=2&sok=kurs"), range(120))
    html = shown("pagination", "/?side=2&sok=kurs", page=page)
    assert 'href="?side=3&amp;sok=kurs"' in html
    assert 'aria-current="true"' in html
    assert "51–100 av 120" in html


def test_a_page_that_does_not_exist_is_the_nearest_one() -> None:
    assert page_of(RequestFactory().get("/?side=99"), range(120)).number == 3
    assert page_of(RequestFactory().get("/?side=<x>"), range(120)).number == 1


def test_a_single_page_has_no_page_numbers() -> None:
    assert shown("pagination", page=page_of(RequestFactory().get("/"), range(50))) == ""

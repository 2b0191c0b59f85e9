"""Frozen documents made by hand, and a PDF's tag tree read back."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pypdf import PdfReader

from samtall.publications.published import Published

Words = dict[str, str]


def in_all(text: str) -> Words:
    return {"nb": text, "nn": text, "en": text}


def answer(exact: str, pending: str = "0") -> dict[str, Any]:
    return {"exact": exact, "pending": pending, "unidentified": "0", "lowest": exact, "highest": exact}


WITHHELD: dict[str, Any] = {"withheld": True}


def figure(
    slug: str = "tall",
    name: Words | None = None,
    *,
    whole: dict[str, Any] | None = None,
    series: list[dict[str, Any]] | None = None,
    parts: list[tuple[Words, dict[str, Any]]] | None = None,
) -> dict[str, Any]:
    """A frozen figure by year from 2001 on, divided by municipality when it has parts."""
    told = series if series is not None else [answer("1"), answer("2")]
    years = range(2001, 2001 + len(told))
    divided = parts is not None
    return {
        "key": f"{slug}/1",
        "slug": slug,
        "version": 1,
        "made_at": "2018-01-01T09:00:00+00:00",
        "name": name if name is not None else in_all(slug),
        "unit": {"nb": "årsverk", "nn": "årsverk", "en": "full-time equivalents"},
        "sentences": [in_all("Teller noe.")],
        "people": False,
        "definition": {},
        "period": ["2001-01-01", "2020-12-31", "01.01.2001–31.12.2020"],
        "periods": [[f"{year}-01-01", f"{year}-12-31", str(year)] for year in years],
        "first": "2001",
        "groupings": ["municipality"] if divided else [],
        "answers": {
            "whole": whole or answer("3"),
            "series": told,
            "parts": {
                "municipality": {"parts": {str(place): one for place, (_, one) in enumerate(parts)}, "overlap": None}
            }
            if parts is not None
            else {},
        },
        "labels": {"municipality": {str(place): label for place, (label, _) in enumerate(parts)}}
        if parts is not None
        else {},
    }


def shown(one: dict[str, Any], note: Words | None = None) -> dict[str, Any]:
    return {"sort": "figure", "key": one["key"], "text": note or {}}


def document(
    blocks: list[dict[str, Any]], figures: list[dict[str, Any]] | None = None, title: Words | None = None
) -> Published:
    return Published(
        {
            "format": "samtall-publication/1",
            "publication": "rapport",
            "edition": 1,
            "sort": "report",
            "title": title if title is not None else in_all("Rapport"),
            "programme": {"slug": "program", "name": in_all("Program")},
            "region": in_all("Midt-Telemark"),
            "period": ["2001-01-01", "2020-12-31", "01.01.2001–31.12.2020"],
            "frozen_at": "2018-02-01T10:00:00+00:00",
            "position": 1458,
            "on": "2018-02-01",
            "protection": "rounded",
            "blocks": blocks,
            "figures": figures or [],
        }
    )


def text_of(pdf: bytes) -> str:
    """What stands on all the pages, with single spaces."""
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


class Tags:
    """The tag tree of a PDF: what a screen reader reads, in its order."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(pdf))
        self.all = list(_walk(self.pdf.Root.StructTreeRoot.K))

    def named(self, *names: str) -> list[Any]:
        return [one for one in self.all if str(one.S)[1:] in names]

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [(int(str(one.S)[2:]), str(one.T)) for one in self.named(*(f"H{level}" for level in range(1, 7)))]


def below(element: Any, *names: str) -> list[Any]:
    """The elements of these names inside another."""
    return [one for one in _walk(element.get("/K")) if str(one.S)[1:] in names]


def scope_of(cell: Any) -> str:
    attributes = cell.get("/A", [])
    every = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(one.Scope)[1:] for one in every if "/Scope" in one), "")


def _walk(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _walk(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _walk(node.K)

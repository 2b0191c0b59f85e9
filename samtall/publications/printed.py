"""What a publication says on paper, in one language: plain elements in their order, for data/publication.typ to set.

An element is {"sort", …}; a text is {"text", "lang"}, so that what is not in the paper's language is marked as such.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtall.publications.corrections import Correction
from samtall.publications.models import Edition
from samtall.publications.published import Answer, Block, Figure, Goal, Published, Said, Target
from samtall.publications.showing import bars, changed_table, figure_notes, notes, plain, shown_division
from samtall.ui.charts import Bar, above, any_pending
from samtall.ui.frame import Link
from samtall.ui.tables import Cell, Column, Table
from samtall.ui.typesetting import cleaned
from samtall.ui.writing import NOTHING, moment, number, short_date, span

Element = dict[str, Any]
#: The part of the world whose way of writing each language stands for.
REGIONS = {"nb": "NO", "nn": "NO", "en": "GB"}
#: So many numbers stand beside each other in a table; more stand below each other.
MOST_BESIDE = 6
#: No PDF has headings below this.
LOWEST = 6


def edition(published: Published, *, address: str, checksum: str, checkpoint: str, notice: str) -> dict[str, Any]:
    """A whole edition in the active language: title page, contents, its blocks, and how its numbers can be checked."""
    cover = [
        (_("Region"), str(published.region)),
        (_("Period"), span(published.period.first, published.period.last)),
        (_("Edition"), str(published.number)),
        (_("Frozen"), moment(published.frozen_at)),
        (_("Position in the books"), number(published.position)),
        (_("Permanent address"), address),
        (_("Checksum (SHA-256)"), checksum),
    ]
    body = [*_blocks(published), *_definitions(published), *_proof(published, address, checksum, checkpoint)]
    title = published.title or published.slug
    return _paper(title, published.programme, cover, body, notice=notice, address=address, report=_is_report(published))


def corrections(
    published: Published, found: Sequence[Correction], *, address: str, checksum: str, at: datetime
) -> dict[str, Any]:
    """What the figures of an edition are on a later day, as a sheet to lay beside the edition."""
    cover = [
        (_("Corrections to"), str(published.title)),
        (_("Edition"), str(published.number)),
        (_("Frozen"), moment(published.frozen_at)),
        (_("Printed"), moment(at)),
        (_("Permanent address"), address),
        (_("Checksum (SHA-256)"), checksum),
    ]
    columns = [Column(_("Figure")), Column(_("As published"), number=True), Column(_("As the books stand now"), True)]
    rows = [
        (str(one.figure.name), *(_amount(one.figure, answer) for answer in (one.whole.before, one.whole.now) if answer))
        for one in found
    ]
    said = _("What was published stands as it was. This is what the same figures are now.")
    body = [_text(said if found else _("Nothing: every figure is what it was."))]
    if rows:
        body.append(_text(_("When and why each was changed stands at the permanent address.")))
        body.append(_table(Table(_("What has been corrected since"), columns, rows)))
    for one in found:
        if table := changed_table(one.changed, one.figure):
            body.append(_table(Table(f"{one.figure.name}. {table.caption}", table.columns, table.rows)))
    return _paper(_("What has been corrected since"), published.programme, cover, body, address=address, sheet=True)


def _paper(
    title: Said | str,
    above_title: Said,
    cover: Iterable[tuple[str, str]],
    body: Iterable[Element],
    *,
    address: str,
    notice: str = "",
    report: bool = False,
    sheet: bool = False,
) -> dict[str, Any]:
    """`sheet`: short, so it begins on its first page and has no contents. `report`: its chapters are numbered."""
    language = (get_language() or "nb")[:2]
    paper = {
        "language": language,
        "regions": REGIONS,
        "title": _seen(told(title)),
        "over": told(above_title if str(above_title) != str(title) else ""),
        "notice": notice,
        "address": address,
        "cover": list(cover),
        "sheet": sheet,
        "numbered": report,
        "elements": _ranked(_filled(list(body))),
        "words": {
            "contents": _("Contents"),
            "page": _("page {page} of {pages}"),
            "counted": _("What is counted: page {page}"),
            "awaiting": _("awaiting approval"),
        },
    }
    done: dict[str, Any] = cleaned(paper, _clean)
    return done


def told(said: Said | str) -> dict[str, str]:
    """A text as an element has it, with the language that it is in."""
    language = (get_language() or "nb")[:2]
    if isinstance(said, str):
        return {"text": said, "lang": language}
    return {"text": said.in_language(language), "lang": said.language(language)}


def _seen(text: dict[str, str]) -> dict[str, str]:
    """A heading must have something to see."""
    seen = any(unicodedata.category(one)[0] in "LNPS" for one in text["text"])
    return text if seen else text | {"text": NOTHING}


def _clean(text: str) -> str:
    """Without signs that have no look, and with single spaces; lines that mean something are elements of their own."""
    spaced = re.sub(r"[ \t\r\n\f\v]+", " ", text).strip(" ")
    return "".join(one for one in spaced if unicodedata.category(one) not in ("Cc", "Cs"))


# Elements


def _heading(level: int, text: Said | str, *, chapter: bool = False, label: str = "") -> Element:
    """`chapter`: one that something is expected under."""
    return {"sort": "heading", "level": level, "text": _seen(told(text)), "chapter": chapter, "label": label}


def _text(text: Said | str, style: str = "plain") -> Element:
    """`style` is plain, lead, quiet, or under: quiet, and of the heading above it."""
    return {"sort": "text", "style": style, "text": told(text)}


def _list(items: Iterable[Said | str], *, ordered: bool = False, whole: bool = False) -> Element:
    """`whole`: on one page, together with what follows."""
    return {"sort": "list", "ordered": ordered, "whole": whole, "items": [told(one) for one in items]}


def _terms(rows: Iterable[tuple[Said | str, Said | str]]) -> Element:
    return {"sort": "terms", "rows": [(told(label), told(text)) for label, text in rows]}


def _table(table: Table, *, shares: Sequence[float] = (), sticky: bool = False) -> Element:
    """A table; `shares` of one, a row each, are drawn in its last column. `sticky`: ends where what follows begins."""
    return {
        "sort": "table",
        "caption": table.caption,
        "columns": [{"label": one.label, "number": one.number} for one in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "shares": list(shares),
        "sticky": sticky,
    }


def _cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        return cell.label
    return cell if isinstance(cell, str) else number(cell)


def _filled(elements: list[Element]) -> Iterator[Element]:
    """Says of a chapter with nothing in it that this is so: on paper nobody can look elsewhere for it."""
    for one, following in zip(elements, [*elements[1:], _heading(1, "")], strict=True):
        yield one
        empty = following["sort"] == "heading" and following["level"] <= one.get("level", 0)
        if one["sort"] == "heading" and one["chapter"] and empty:
            yield _text(_("Nothing is written here."), "quiet")


def _ranked(elements: Iterable[Element]) -> list[Element]:
    """Headings without holes between their levels, whatever was asked for: PDF/UA has none. The title is above all."""
    levels: list[int] = []
    ranked = []
    for one in elements:
        if one["sort"] == "heading":
            while levels and levels[-1] >= one["level"]:
                levels.pop()
            levels.append(one["level"])
            one = one | {"level": min(len(levels) + 1, LOWEST)}
        ranked.append(one)
    return ranked


# Blocks


def _is_report(published: Published) -> bool:
    return published.sort == "report"


def _blocks(published: Published) -> Iterator[Element]:
    for block in published.blocks:
        yield from _block(block, within=3 if _is_report(published) else 2)


def _block(block: Block, within: int) -> Iterator[Element]:
    """`within` is the level of what the programme says: a report has chapters of its own above it."""
    if block.sort == "heading" and block.text:
        yield _heading(block.level, block.text, chapter=True)
    elif block.sort == "text":
        yield from (_text(one) for one in block.paragraphs)
    elif block.sort == "link" and block.url:
        yield {"sort": "link", "text": told(block.text or block.url), "url": block.url}
    elif block.figure is not None:
        yield from _figure(block.figure, block.text)
    elif block.sort == "targets":
        for goal in block.goals:
            yield from _goal(goal, 3)
        for target in block.loose:
            yield from _target(target, 3)
    elif block.sort == "part":
        yield from _part(block, within)


def _part(block: Block, level: int) -> Iterator[Element]:
    if block.part == "lead":
        yield from (_text(one, "lead") for one in block.paragraphs)
    elif block.part == "facts" and block.facts:
        yield _heading(level, _("Facts"))
        yield _terms(block.facts)
    elif block.part == "phases" and block.phases:
        yield _heading(level, _("Phases"))
        yield _terms((name, span(first, last)) for name, first, last in block.phases)
    elif block.paragraphs:
        yield _heading(level, block.heading)
        if block.part in ("application", "example"):
            yield from (_text(one) for one in block.paragraphs)
        else:
            yield _list(block.paragraphs, ordered=block.part == "advice")


def _figure(figure: Figure, note: Said) -> Iterator[Element]:
    yield _heading(3, figure.name)
    yield {
        "sort": "number",
        "number": "" if figure.whole.withheld else number(plain(figure.whole.exact)),
        "unit": str(figure.unit),
        "span": span(figure.period.first, figure.period.last),
        "notes": _sentences(figure_notes(figure)),
        "label": _label(figure),
    }
    if note:
        yield _text(note)
    if drawn := bars(figure):
        yield _chart(str(figure.name), drawn)
        yield _table(_series(figure, drawn))
    for division in figure.divisions:
        shown = shown_division(division, figure)
        table = Table(f"{figure.name}. {shown.heading}", shown.table.columns, shown.table.rows)
        shares = [float(part.share or 0) / 100 for part in division.parts]
        yield _table(table, shares=[*shares, 0.0], sticky=bool(shown.remark))
        if shown.remark:
            yield _text(shown.remark, "quiet")


def _series(figure: Figure, drawn: Sequence[Bar]) -> Table:
    """The numbers of the drawing: lying when they have room beside each other, else standing."""
    caption = _("%(figure)s by period") % {"figure": figure.name}
    lines: list[list[Cell]] = [[_("Period"), *(one.marked for one in drawn)]]
    lines.append([str(figure.unit), *(_told(one) for one in drawn)])
    if any_pending(drawn):
        lines.append([_("Awaiting approval"), *(one.pending for one in drawn)])
    if len(drawn) > MOST_BESIDE:
        lines = [list(row) for row in zip(*lines, strict=True)]
    heading, *rows = lines
    return Table(caption, [Column(str(one), number=place > 0) for place, one in enumerate(heading)], rows)


def _told(bar: Bar) -> Cell:
    return _("hidden") if bar.value is None else bar.value


def _chart(name: str, drawn: Sequence[Bar]) -> Element:
    """A drawing; who cannot see it hears its numbers."""
    awaiting = any_pending(drawn)
    said = [
        f"{one.marked}: {_cell(_told(one))}"
        + (f" ({_('Awaiting approval')}: {number(one.pending)})" if awaiting else "")
        for one in drawn
    ]
    return {
        "sort": "chart",
        "alt": f"{name}. {'; '.join(said)}",
        "caption": name,
        "bars": [
            {
                "label": one.marked,
                "words": above(one) if one.value is not None else _("hidden"),
                "value": float(one.value or 0),
                "pending": float(one.pending),
            }
            for one in drawn
        ],
        "awaiting": awaiting,
        "notes": [f"* {one.label}: {one.note}" for one in drawn if one.note],
    }


def _goal(goal: Goal, level: int) -> Iterator[Element]:
    yield _heading(level, goal.text)
    sort = _("Project goal") if goal.sort == "project" else _("Effect goal")
    yield _text(sort, "under" if goal.targets or goal.below else "quiet")
    for target in goal.targets:
        yield from _target(target, level + 1)
    for below in goal.below:
        yield from _goal(below, level + 1)


def _target(target: Target, level: int) -> Iterator[Element]:
    yield _heading(level, target.text)
    yield {"sort": "status", "words": told(target.status_words), "text": told(target.explanation)}
    if rows := list(_measures(target)):
        yield _terms(rows)
    if target.reported:
        by = target.reported_on
        yield {
            "sort": "quote",
            "over": _("Reported then, not counted by Samtall"),
            "text": told(target.reported),
            "by": by,
        }
    if target.controls:
        yield _controls(target)


def _measures(target: Target) -> Iterator[tuple[Said | str, Said | str]]:
    if target.figure:
        said = [_amount(target.figure, target.figure.whole), span(target.since, target.deadline)]
        yield (
            target.figure.name,
            _sentences([", ".join(said), *([] if target.figure.whole.withheld else notes(target.figure.whole))]),
        )
    elif target.actual is not None and not target.rounds:
        yield _("Counted"), number(plain(target.actual))
    if target.beside and not target.beside.whole.withheld:
        yield target.beside.name, _amount(target.beside, target.beside.whole)
    for text, due, done in target.milestones:
        day = {"day": short_date(done or due)}
        yield text, _("done %(day)s") % day if done else _("due %(day)s") % day
    for name, rate, value, interval in target.rounds:
        result = str(value) or NOTHING
        yield name, f"{result} ({interval}), {rate}" if interval else f"{result}, {rate}"


def _sentences(said: Iterable[str]) -> str:
    return " ".join(f"{one[:1].upper()}{one[1:].removesuffix('.')}." for one in said)


def _amount(figure: Figure, answer: Answer) -> str:
    return _("hidden") if answer.withheld else f"{number(plain(answer.exact))} {figure.unit}"


def _controls(target: Target) -> Element:
    columns = [
        Column(_("What")),
        Column(_("Number"), number=True),
        Column(_("Date")),
        Column(_("Source")),
        Column(_("Published")),
    ]
    rows = [
        (
            str(Said(one["text"])),
            plain(Decimal(one["value"])),
            short_date(date.fromisoformat(one["dated"])),
            str(one["source"]),
            short_date(date.fromisoformat(one["published"])) if one["published"] else NOTHING,
        )
        for one in target.controls
    ]
    return _table(Table(_("Official statistics, not counted by Samtall"), columns, rows))


# How the numbers were made


def _label(figure: Figure) -> str:
    """Where in the paper a definition stands; it is said once, however many periods it is asked for."""
    return f"definition {figure.slug} {figure.version}"


def _definitions(published: Published) -> Iterator[Element]:
    every = {_label(figure): figure for figure in published.figures.values()}
    if every:
        yield _heading(2, _("How the figures are counted"))
    if any(figure.about_people for figure in every.values()):
        yield _text(f"{Edition.Protection(published.protection).label}.", "under")
    for label, figure in every.items():
        said = {"number": figure.version, "day": short_date(figure.made_at)}
        yield _heading(3, figure.name, label=label)
        yield _list(figure.sentences, whole=True)
        yield _text(_("Version %(number)s of the definition, of %(day)s") % said, "quiet")


def _proof(published: Published, address: str, checksum: str, checkpoint: str) -> Iterator[Element]:
    said = {"moment": moment(published.frozen_at), "position": number(published.position)}
    yield _heading(2, _("How this can be checked"))
    yield _text(
        _(
            "All numbers were counted on %(moment)s, as of position %(position)s in the books. "
            "They can be counted again for ever, and give the same."
        )
        % said
    )
    yield _list(_ways(bool(checkpoint)), ordered=True)
    yield {"sort": "exact", "rows": [(_("Permanent address"), address), (_("Checksum (SHA-256)"), checksum)]}
    if checkpoint:
        yield _text(_("Checkpoint of the books, signed:"))
        yield {"sort": "lines", "lines": checkpoint.strip().split("\n")}


def _ways(checkpoint: bool) -> list[str]:
    said = [
        _("Open the permanent address. The checksum there must be the one on this paper, to the last sign."),
        _("The file publikasjon.json under it is all that was frozen: its SHA-256 is the checksum."),
        _("The same address says what has been corrected since, and whether the edition was withdrawn."),
        _("Whoever runs Samtall counts every published number again with the command “samtall publications --verify”."),
    ]
    if checkpoint:
        said.append(
            _(
                "The checkpoint below ties this edition to the books. Save it as a file: "
                "“samtall verify --checkpoint FILE” says whether the books still go through it."
            )
        )
    return said

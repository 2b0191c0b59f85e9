"""What an edition is composed of, and what a new one begins with.

`said` of each sort, where W is {nb, nn, en} and a text may lack a language:

    heading   {"text": W, "level": 2 or 3}
    text      {"text": W}                    paragraphs, with an empty line between them
    figure    {"figure": slug, "version": number, "groupings": [names of figures.compiler.Grouping], "text": W}
    targets   {}                             the tree of goals, each target with its figure and status
    part      {"part": "lead", "facts", "phases" or a programmes.models.Paragraph.Part}
    link      {"text": W, "url": address}    a document
"""

from collections.abc import Iterator
from typing import Any

from samtall.base.text import Words
from samtall.figures import queries as figures
from samtall.figures.compiler import Grouping
from samtall.figures.discretion import about_people
from samtall.figures.models import FigureVersion
from samtall.programmes.models import Paragraph, Programme, Target
from samtall.publications.models import Edition, Publication

SORTS = ("heading", "text", "figure", "targets", "part", "link")
PARTS = ("lead", *Paragraph.Part.values, "phases", "facts")
#: What a figure may be divided by where everybody can read it.
GROUPINGS = (
    Grouping.MUNICIPALITY,
    Grouping.KIND,
    Grouping.SECTOR,
    Grouping.INDUSTRY,
    Grouping.SIZE_CLASS,
    Grouping.INSTITUTION,
)

Begun = tuple[str, dict[str, Any]]


def beginning(sort: str, programme: Programme) -> list[Begun]:
    """The blocks that a first edition begins with: the chapters of a region's page, or of a final report."""
    return list(_page(programme) if sort == Publication.Sort.PAGE else _report(programme))


def _page(programme: Programme) -> Iterator[Begun]:
    yield part("lead")
    yield heading(Words("Mål og resultater", "Mål og resultat", "Goals and results"))
    yield "targets", {}
    for version in measuring(programme):
        yield figure(version)
    for name in (*Paragraph.Part.values, "phases", "facts"):
        yield part(name)


def _report(programme: Programme) -> Iterator[Begun]:
    yield heading(Words("Sammendrag", "Samandrag", "Summary"))
    yield part("lead")
    yield heading(Words("Bakgrunn og utgangspunkt", "Bakgrunn og utgangspunkt", "Background and baseline"))
    yield part(Paragraph.Part.APPLICATION)
    yield part("facts")
    yield heading(Words("Mål", "Mål", "Goals"))
    yield "targets", {}
    yield heading(Words("Organisering og partnere", "Organisering og partnarar", "Organisation and partners"))
    yield text()
    yield heading(Words("Aktiviteter og tiltak", "Aktivitetar og tiltak", "Activities and measures"))
    yield part("phases")
    yield text()
    yield heading(Words("Resultater", "Resultat", "Results"))
    for version in measuring(programme):
        yield figure(version)
    yield part(Paragraph.Part.OTHER_RESULT)
    yield heading(Words("Virkninger", "Verknader", "Effects"))
    yield text()
    yield heading(Words("Økonomi", "Økonomi", "Economy"))
    yield text()
    yield heading(Words("Kommunene og partnerne", "Kommunane og partnarane", "Municipalities and partners"))
    yield text()
    yield heading(Words("Læring og råd", "Læring og råd", "What was learnt, and advice"))
    yield part(Paragraph.Part.ADVICE)
    yield part(Paragraph.Part.EXAMPLE)
    yield heading(Words("Veien videre", "Vegen vidare", "What continues"))
    yield part(Paragraph.Part.CONTINUES)


def measuring(programme: Programme) -> list[FigureVersion]:
    """The versions that measure a programme's targets, and those beside them, each once, that may be published."""
    targets = Target.objects.filter(programme=programme).select_related("figure__figure", "beside__figure")
    found = [version for target in targets for version in (target.figure, target.beside)]
    return list({version.pk: version for version in found if version and may_be_published(version)}.values())


def may_be_published(version: FigureVersion) -> bool:
    """Whether a figure may stand in an edition: everybody may read it, or it counts people, who are protected there."""
    return version.figure.public or about_people(figures.definition_of(version))


def closed_in(edition: Edition) -> list[FigureVersion]:
    """The figures that stand in an edition by themselves and may not be published."""
    chosen = [(block.said["figure"], block.said["version"]) for block in edition.blocks.filter(sort="figure")]
    versions = FigureVersion.objects.filter(figure__slug__in={slug for slug, _number in chosen}).select_related(
        "figure"
    )
    return [one for one in versions if (one.figure.slug, one.number) in chosen and not may_be_published(one)]


def heading(words: Words, level: int = 2) -> Begun:
    return "heading", {"text": words.as_dict(), "level": level}


def text() -> Begun:
    return "text", {"text": {"nb": "", "nn": "", "en": ""}}


def part(name: str) -> Begun:
    return "part", {"part": str(name)}


def figure(version: FigureVersion) -> Begun:
    said = {"figure": version.figure.slug, "version": version.number, "groupings": [str(Grouping.MUNICIPALITY)]}
    return "figure", said | {"text": {"nb": "", "nn": "", "en": ""}}

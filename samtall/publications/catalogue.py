"""The catalogue of what is published, in DCAT-AP-NO 2: data.norge.no and others harvest it from one address.

A publication is a series of data sets, its published editions, each with its files as distributions. A withdrawn one is
not in it. Every code of a controlled vocabulary stands beside the vocabulary that it is from, so that the catalogue
can be validated by itself.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.base.text import LANGUAGES
from samtall.places import queries as places
from samtall.publications import queries
from samtall.publications.freezing import in_all
from samtall.publications.models import Edition, Publication, Step
from samtall.publications.published import Published, Said
from samtall.ui.writing import long_date, number, span

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import IdentifiedNode, Node

TURTLE, JSON_LD = "turtle", "json-ld"

_EU = "http://publications.europa.eu/resource/authority"
_ORGANISATION = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/"
_MUNICIPALITY = "https://data.geonorge.no/administrativeEnheter/kommune/id/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_THEMES = ("ECON", "EDUC", "REGI")
_LANGUAGES = {"nb": "NOB", "nn": "NNO", "en": "ENG"}


@dataclass(frozen=True)
class File:
    """A file that each edition has: the name of its address, its media type, the code of its format, and its title.

    `language` is that of a file which is in one language, and has an address for each.
    """

    address: str
    media: str
    format: str
    title: Callable[[], str]
    language: str = ""


FILES = (
    File("edition-csv", "text/csv", "CSV", lambda: _("All numbers as a table")),
    File(
        "edition-xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        lambda: _("All numbers as a spreadsheet"),
    ),
    File("edition-json", "application/json", "JSON", lambda: _("Everything that was frozen")),
    *(File("edition-pdf", "application/pdf", "PDF", lambda: _("The edition on paper"), one) for one in LANGUAGES),
)


def written(format: str) -> bytes:
    """The catalogue as Turtle or JSON-LD."""
    return _Catalogue().graph().serialize(format=format, encoding="utf-8")


class _Catalogue:
    """Writes statements about the catalogue, its series, data sets and files."""

    def __init__(self) -> None:
        import rdflib  # a third of a second, so not before somebody asks
        from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, SKOS, XSD

        self.rdf, self.is_a, self.xsd = rdflib, RDF.type, XSD
        self.dct, self.foaf, self.owl, self.skos = DCTERMS, FOAF, OWL, SKOS
        self.dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")  # that of rdflib does not know of series
        self.spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
        self.vcard = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
        self.adms = rdflib.Namespace("http://www.w3.org/ns/adms#")
        self.made = rdflib.Graph()
        for prefix in ("spdx", "vcard", "adms"):
            self.made.bind(prefix, getattr(self, prefix))
        self.made.bind("dct", DCTERMS, replace=True)

    def graph(self) -> "Graph":
        editions = list(queries.published().filter(state=Edition.State.PUBLISHED).prefetch_related("steps"))
        self.publisher, self.contact = self._publisher(), self._contact()
        it = self._uri(f"{_catalogue_address()}#katalog")
        self._say(it, self.is_a, self.dcat.Catalog)
        self._text(it, self.dct.title, in_all(lambda: _("Published figures of %(name)s") % {"name": _name()}))
        self._text(
            it,
            self.dct.description,
            in_all(lambda: _("Figures on collaboration, as they were published, with all their editions.")),
        )
        self._say(it, self.dct.identifier, self._literal(str(it)))
        self._say(it, self.dct.publisher, self.publisher)
        self._say(it, self.foaf.homepage, self._uri(_address("publications")))
        self._licence(it)
        self._languages(it)
        by_publication: dict[Publication, list[Edition]] = {}
        for edition in editions:
            by_publication.setdefault(edition.publication, []).append(edition)
        for publication, its in by_publication.items():
            self._series(it, publication, sorted(its, key=lambda one: one.number))
        issued = [_published_on(edition) for edition in editions]
        if issued:
            self._say(it, self.dct.issued, self._day(min(issued)))
            self._say(it, self.dct.modified, self._day(max(issued)))
        return self.made

    def _series(self, catalogue: "IdentifiedNode", publication: Publication, editions: list[Edition]) -> None:
        it = self._uri(_address("publication", publication.slug))
        self._say(catalogue, self.dcat.dataset, it)
        self._say(it, self.is_a, self.dcat.DatasetSeries)
        self._say(it, self.dct.identifier, self._literal(str(it)))
        self._text(it, self.dct.title, publication.title)
        self._text(it, self.dct.description, in_all(lambda: _about_series(publication)))
        self._say(it, self.dct.publisher, self.publisher)
        self._themes(it)
        self._frequency(it, "IRREG")
        nodes = [self._dataset(catalogue, it, edition) for edition in editions]
        self._say(it, self.dcat.first, nodes[0])
        self._say(it, self.dcat.last, nodes[-1])
        self._say(it, self.dct.issued, self._day(_published_on(editions[0])))
        self._say(it, self.dct.modified, self._day(_published_on(editions[-1])))
        for before, after in pairwise(nodes):
            self._say(after, self.dcat.prev, before)

    def _dataset(self, catalogue: "IdentifiedNode", series: "IdentifiedNode", edition: Edition) -> "IdentifiedNode":
        published = Published.of(edition.frozen)
        address = _address("edition", published.slug, published.number)
        it = self._uri(address)
        self._say(catalogue, self.dcat.dataset, it)
        self._say(it, self.is_a, self.dcat.Dataset)
        self._say(it, self.dcat.inSeries, series)
        self._say(it, self.dct.identifier, self._literal(address))
        self._text(it, self.dct.title, in_all(lambda: _title(published)))
        self._text(it, self.dct.description, in_all(lambda: _about(published)))
        for figure in published.figures.values():
            self._text(it, self.dcat.keyword, figure.name.words)
        self._say(it, self.dct.publisher, self.publisher)
        if self.contact is not None:
            self._say(it, self.dcat.contactPoint, self.contact)
        self._themes(it)
        self._languages(it)
        self._say(it, self.dct.accessRights, self._code("access-right", "PUBLIC"))
        self._frequency(it, "NEVER")  # an edition never changes (R19)
        self._say(it, self.dcat.landingPage, it)
        self._say(it, self.owl.versionInfo, self._literal(str(published.number)))
        self._say(it, self.dct.issued, self._day(_published_on(edition)))
        self._say(it, self.dct.modified, self._day(_published_on(edition)))
        self._period(it, published)
        region = edition.publication.programme.region
        for code in places.codes_within(region, published.period.first, published.period.last):
            self._say(it, self.dct.spatial, self._uri(_MUNICIPALITY + code))
        for file in FILES:
            self._distribution(it, file, edition, published)
        return it

    def _distribution(self, dataset: "IdentifiedNode", file: File, edition: Edition, published: Published) -> None:
        address = _address(file.address, published.slug, published.number, *filter(None, [file.language]))
        it = self._uri(f"{address}#fil")
        self._say(dataset, self.dcat.distribution, it)
        self._say(it, self.is_a, self.dcat.Distribution)
        self._text(it, self.dct.title, in_all(file.title))
        self._say(it, self.dcat.accessURL, dataset)
        self._say(it, self.dcat.downloadURL, self._uri(address))
        self._say(it, self.dcat.mediaType, self._uri(_MEDIA + file.media))
        self._say(it, self.dct["format"], self._code("file-type", file.format))
        self._licence(it)
        self._languages(it, [file.language] if file.language else LANGUAGES)
        self._say(it, self.dct.issued, self._day(_published_on(edition)))
        if file.format == "JSON":
            self._document(it, edition)

    def _document(self, it: "IdentifiedNode", edition: Edition) -> None:
        """The file that the checksum is of. The profile takes SHA-1 only; ours stands in the description."""
        content = edition.frozen.encode()
        size = self._literal(f"{len(content)}.0", datatype=self.xsd.decimal)  # as Turtle writes decimals
        self._say(it, self.dcat.byteSize, size)
        self._text(
            it,
            self.dct.description,
            in_all(lambda: _("Its SHA-256 is %(checksum)s.") % {"checksum": edition.checksum}),
        )
        checksum = self.rdf.BNode()
        self._say(it, self.spdx.checksum, checksum)
        self._say(checksum, self.is_a, self.spdx.Checksum)
        self._say(checksum, self.spdx.algorithm, self.spdx.checksumAlgorithm_sha1)
        sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        self._say(checksum, self.spdx.checksumValue, self._literal(sha1, datatype=self.xsd.hexBinary))

    # What several have

    def _publisher(self) -> "IdentifiedNode":
        """The institution by its number, or without one an agent of our own; by the name that it goes by here."""
        it = self._uri(_ORGANISATION + settings.PUBLISHER if settings.PUBLISHER else f"{_catalogue_address()}#utgiver")
        if settings.PUBLISHER:
            self._say(it, self.dct.identifier, self._literal(settings.PUBLISHER))
        self._say(it, self.is_a, self.foaf.Agent)
        self._say(it, self.foaf.name, self._literal(_name()))
        return it

    def _contact(self) -> "IdentifiedNode | None":
        if not settings.DATA_CONTACT:
            return None
        it = self._uri(f"{_catalogue_address()}#kontakt")
        self._say(it, self.is_a, self.vcard.Organization)
        self._say(it, self.vcard.fn, self._literal(_name()))
        self._say(it, self.vcard.hasEmail, self._uri(f"mailto:{settings.DATA_CONTACT}"))
        return it

    def _period(self, dataset: "IdentifiedNode", published: Published) -> None:
        it = self.rdf.BNode()
        self._say(dataset, self.dct.temporal, it)
        self._say(it, self.is_a, self.dct.PeriodOfTime)
        self._say(it, self.dcat.startDate, self._day(published.period.first))
        self._say(it, self.dcat.endDate, self._day(published.period.last))

    def _themes(self, it: "IdentifiedNode") -> None:
        for theme in _THEMES:
            self._say(it, self.dcat.theme, self._code("data-theme", theme))

    def _languages(self, it: "IdentifiedNode", languages: Sequence[str] = LANGUAGES) -> None:
        for language in languages:
            self._say(it, self.dct.language, self._code("language", _LANGUAGES[language]))

    def _frequency(self, it: "IdentifiedNode", code: str) -> None:
        self._say(it, self.dct.accrualPeriodicity, self._code("frequency", code))

    def _licence(self, it: "IdentifiedNode") -> None:
        licence = self._uri(settings.DATA_LICENCE)
        self._say(it, self.dct.license, licence)
        self._say(licence, self.skos.inScheme, self._uri(f"{_EU}/licence"))

    # Words of the language

    def _code(self, vocabulary: str, code: str) -> "IdentifiedNode":
        it = self._uri(f"{_EU}/{vocabulary}/{code}")
        self._say(it, self.skos.inScheme, self._uri(f"{_EU}/{vocabulary}"))
        return it

    def _text(self, it: "IdentifiedNode", what: "IdentifiedNode", words: Mapping[str, str]) -> None:
        for language in LANGUAGES:
            if words.get(language):
                self._say(it, what, self._literal(words[language], lang=language))

    def _say(self, it: "Node", what: "Node", value: "Node") -> None:
        self.made.add((it, what, value))

    def _uri(self, address: str) -> "IdentifiedNode":
        return self.rdf.URIRef(address)

    def _literal(self, value: str, **more: Any) -> "Node":
        return self.rdf.Literal(value, **more)

    def _day(self, day: date) -> "Node":
        return self._literal(day.isoformat(), datatype=self.xsd.date)


def _address(name: str, *arguments: str | int) -> str:
    return settings.ADDRESS + reverse(name, args=list(arguments))


def _catalogue_address() -> str:
    return _address("catalogue-ttl")


def _name() -> str:
    return settings.CONTROLLER or "Samtall"


def _published_on(edition: Edition) -> date:
    at: datetime = max(step.at for step in edition.steps.all() if step.what == Step.What.PUBLISHED)
    return at.date()


def _title(published: Published) -> str:
    first, last = published.period.first.year, published.period.last.year
    years = str(first) if first == last else f"{first}–{last}"
    return f"{published.title}, {years}"


def _about_series(publication: Publication) -> str:
    return _("All published editions of “%(title)s”.") % {"title": Said(publication.title)}


def _about(published: Published) -> str:
    return _(
        "Edition %(number)s of “%(title)s”, of %(region)s, %(period)s: as counted on %(day)s, as of position "
        "%(position)s in the books. It never changes; what has been corrected since stands on its page."
    ) % {
        "number": published.number,
        "title": published.title,
        "region": published.region,
        "period": span(published.period.first, published.period.last),
        "day": long_date(published.frozen_at),
        "position": number(published.position),
    }

"""The catalogue of what is published: DCAT-AP-NO, of all published editions and of nothing else."""

import hashlib
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from samtall.base.text import Words
from samtall.programmes.models import Programme
from samtall.publications import operations
from samtall.publications.models import Edition

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
SH = Namespace("http://www.w3.org/ns/shacl#")
EU = "http://publications.europa.eu/resource/authority"
KOMMUNE = "https://data.geonorge.no/administrativeEnheter/kommune/id/"
#: The official shapes of DCAT-AP-NO, which lie outside this repository.
SHAPES = Path(os.environ.get("DCAT_AP_NO_SHAPES", "DCAT-AP-NO-shacl_shapes.ttl"))


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.ADDRESS = "https://samtall.example.no"


def published(programme: Programme, slug: str, *years: int) -> list[Edition]:
    """A publication with an edition for each year."""
    title = Words(f"Året ({slug})", f"Året ({slug})", f"The year ({slug})")
    made: list[Edition] = []
    for year in years:
        period = {"starts": date(year, 1, 1), "ends": date(year, 12, 31)}
        edition = (
            operations.begin_edition(made[0].publication, **period, by="user:1", at=AT)
            if made
            else operations.begin(programme, slug, sort="report", title=title, **period, by="user:1", at=AT)
        )
        operations.propose(edition, by="user:1", at=AT)
        made.append(operations.approve(edition, by="user:2", at=AT))
    return made


def catalogue(client: Client, name: str = "katalog.ttl") -> Graph:
    answer = client.get(f"/{name}")
    kinds = {
        "katalog.ttl": ("text/turtle; charset=utf-8", "turtle"),
        "katalog.jsonld": ("application/ld+json", "json-ld"),
    }
    kind, format = kinds[name]
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == (kind, "*")
    return Graph().parse(data=answer.content, format=format)


def page(path: str) -> URIRef:
    return URIRef(f"https://samtall.example.no/publikasjoner/{path}/")


NAMES = ("tall.csv", "tall.xlsx", "publikasjon.json", "nb.pdf", "nn.pdf", "en.pdf")


def test_a_publication_is_a_series_of_its_editions_each_with_its_files(programme: Programme, client: Client) -> None:
    published(programme, "aaret", 2016, 2017)
    found = catalogue(client)
    series, first, last = page("aaret"), page("aaret/1"), page("aaret/2")
    assert set(found.subjects(RDF.type, DCAT.Dataset)) == {first, last}
    assert (found.value(series, DCAT.first), found.value(series, DCAT.last)) == (first, last)
    assert (found.value(last, DCAT.prev), found.value(last, DCAT.inSeries)) == (first, series)
    files = {str(found.value(one, DCAT.downloadURL)) for one in found.objects(last, DCAT.distribution)}
    assert files == {f"{last}{name}" for name in NAMES}
    assert {(str(one), one.language) for one in found.objects(last, DCTERMS.title) if isinstance(one, Literal)} == {
        ("Året (aaret), 2017", "nb"),
        ("Året (aaret), 2017", "nn"),
        ("The year (aaret), 2017", "en"),
    }


def test_an_edition_says_of_when_and_where_it_is_and_how_it_is_verified(programme: Programme, client: Client) -> None:
    (edition,) = published(programme, "aaret", 2017)
    found = catalogue(client)
    it = page("aaret/1")
    period = found.value(it, DCTERMS.temporal)
    assert [str(found.value(period, what)) for what in (DCAT.startDate, DCAT.endDate)] == ["2017-01-01", "2017-12-31"]
    assert {str(one) for one in found.objects(it, DCTERMS.spatial)} == {
        f"{KOMMUNE}{code}" for code in ("0819", "0821", "0822")
    }
    document = next(
        one for one in found.objects(it, DCAT.distribution) if str(found.value(one, DCAT.downloadURL)).endswith("json")
    )
    checksum = found.value(found.value(document, SPDX.checksum), SPDX.checksumValue)
    assert str(checksum).lower() == hashlib.sha1(edition.frozen.encode()).hexdigest()
    assert all(edition.checksum in str(one) for one in found.objects(document, DCTERMS.description))
    assert float(str(found.value(document, DCAT.byteSize))) == len(edition.frozen.encode())


def test_what_is_withdrawn_or_not_published_is_not_in_it(programme: Programme, client: Client) -> None:
    (first, last) = published(programme, "aaret", 2016, 2017)
    operations.withdraw(last, why="Et tall var galt", by="user:2", at=AT)
    draft = operations.begin_edition(
        first.publication, starts=date(2015, 1, 1), ends=date(2015, 12, 31), by="user:1", at=AT
    )
    operations.propose(draft, by="user:1", at=AT)
    found = catalogue(client)
    assert set(found.subjects(RDF.type, DCAT.Dataset)) == {page("aaret/1")}
    assert found.value(page("aaret"), DCAT.last) == page("aaret/1")


@pytest.mark.parametrize(
    ("number", "publisher"),
    [
        ("974760673", "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/974760673"),
        ("", "https://samtall.example.no/katalog.ttl#utgiver"),
    ],
)
def test_the_publisher_is_the_institution_or_who_runs_the_installation(
    settings: Settings, client: Client, db: None, number: str, publisher: str
) -> None:
    settings.PUBLISHER, settings.CONTROLLER = number, "Midt-Telemarkrådet"
    found = catalogue(client)
    (it,) = found.subjects(RDF.type, DCAT.Catalog)
    assert str(found.value(it, DCTERMS.publisher)) == publisher
    names = {str(one) for one in found.objects(URIRef(publisher), URIRef("http://xmlns.com/foaf/0.1/name"))}
    assert names == {"Midt-Telemarkrådet"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own reader of JSON-LD
def test_turtle_and_json_ld_say_the_same(programme: Programme, client: Client) -> None:
    published(programme, "aaret", 2017)
    assert isomorphic(catalogue(client), catalogue(client, "katalog.jsonld"))


def violations(report: Graph) -> list[tuple[str, str]]:
    """Where and what; not warnings, as of municipalities, which are in no list of the EU's."""
    return [
        (str(report.value(one, SH.focusNode)), str(report.value(one, SH.resultMessage)))
        for one in report.objects(None, SH.result)
        if report.value(one, SH.resultSeverity) == SH.Violation
    ]


@pytest.mark.slow
@pytest.mark.skipif(not SHAPES.exists(), reason="the shapes of DCAT-AP-NO are not here; DCAT_AP_NO_SHAPES says where")
@pytest.mark.parametrize("publications", [{}, {"aaret": (2016, 2017), "rapport": (2018,)}])
def test_it_follows_the_national_profile(
    programme: Programme, client: Client, settings: Settings, publications: dict[str, tuple[int, ...]]
) -> None:
    import pyshacl

    settings.DATA_CONTACT = "data@samtall.example.no"
    for slug, years in publications.items():
        published(programme, slug, *years)
    shapes = Graph().parse(SHAPES, format="turtle")
    _conforms, report, _text = pyshacl.validate(catalogue(client), shacl_graph=shapes)
    assert isinstance(report, Graph)
    assert violations(report) == []


@pytest.mark.slow
@pytest.mark.skipif(not SHAPES.exists(), reason="the shapes of DCAT-AP-NO are not here; DCAT_AP_NO_SHAPES says where")
def test_the_shapes_do_see_what_is_wrong(programme: Programme, client: Client) -> None:
    import pyshacl

    published(programme, "aaret", 2017)
    found = catalogue(client)
    found.remove((page("aaret/1"), DCTERMS.publisher, None))
    _conforms, report, _text = pyshacl.validate(found, shacl_graph=Graph().parse(SHAPES, format="turtle"))
    assert isinstance(report, Graph)
    assert [where for where, _what in violations(report)] == [str(page("aaret/1"))]

"""Making figures of one's own in the browser, with and without JavaScript; versions, and figures put away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from samtall.accounts.models import User
from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.text import Words
from samtall.config.command_line import main
from samtall.figures import files, operations, queries
from samtall.figures.choosing import DefinitionForm, said_by
from samtall.figures.definitions import Definition, Identity, Party, Rule, Sharing, Unit
from samtall.figures.models import Figure, FigureVersion
from samtall.places.operations import ensure_builtin
from tests.golden import RECORDED, Golden

pytestmark = pytest.mark.django_db

NAMES = {"name_nb": "Oppgaver", "name_nn": "Oppgåver", "name_en": "Student theses"}
THESES = {"unit": "activities", "kinds": ["thesis"], "rule": "active", "calendar": "year", "periode": "2017"}


@pytest.fixture
def manager(golden: Golden, client_of: Callable[[User], Client], programme_manager: User) -> Client:
    operations.ensure_catalogue(by="system:test", at=RECORDED)
    return client_of(programme_manager)


def test_what_is_chosen_is_shown_in_words_value_and_list_and_nothing_is_saved(manager: Client) -> None:
    before = FigureVersion.objects.count()
    page = manager.post("/tall/ny/", THESES | {"show": ""})
    preview = page.context["preview"]
    assert (preview.result.value, preview.length, len(preview.lines)) == (2, 2, 2)
    assert preview.sentences[0].startswith("Teller aktiviteter, hver én gang, i studentoppgaver")
    assert (page.context["named"].errors, FigureVersion.objects.count()) == ({}, before)


def test_a_figure_of_ones_own_is_made_and_read_like_any_other(manager: Client) -> None:
    answer = manager.post("/tall/ny/", THESES | NAMES | {"public": "on", "save": ""}, follow=True)
    assert answer.redirect_chain == [("/tall/student-theses/", 302)]
    version = queries.current_version("student-theses")
    assert (version.name["nn"], version.number, version.figure.public) == ("Oppgåver", 1, True)
    assert queries.definition_of(version) == Definition(unit=Unit.ACTIVITIES, kinds=("thesis",))
    assert Client().get("/tall/student-theses/?periode=2017").context["shown"].result.value == 2


def test_what_is_wrong_is_said_beside_its_field_and_nothing_that_was_chosen_is_lost(manager: Client) -> None:
    wrong = THESES | {
        "sharing": "share", "unit": "people", "municipalities": "Ingensteds", "partners": "Ukjent AS", "save": "",
    }  # fmt: skip
    page = manager.post("/tall/ny/", wrong)
    assert sorted(page.context["chosen"].errors) == ["municipalities", "partners"]
    assert sorted(page.context["named"].errors) == ["name_en", "name_nb", "name_nn"]
    assert ["Ingensteds" in page.content.decode(), page.context["preview"]] == [True, None]
    shared = manager.post("/tall/ny/", THESES | {"sharing": "share", "unit": "people", "show": ""})
    assert list(shared.context["chosen"].errors) == ["sharing"]
    taken = manager.post("/tall/ny/", THESES | NAMES | {"slug": "collaborations", "save": ""})
    assert list(taken.context["named"].errors) == ["slug"]


def test_a_new_version_shows_what_it_would_change_and_leaves_the_old_alone(manager: Client) -> None:
    chosen = said_by(queries.definition_of(queries.current_version("collaborations"))) | {"rule": "new"}
    page = manager.post("/tall/collaborations/ny-versjon/", chosen | {"show": ""})
    told = [(str(one.period), one.old, one.new, one.came.number, one.went.number) for one in page.context["compared"]]
    assert told == [("2016", 1, 1, 0, 0), ("2017", 4, 3, 0, 1)]
    assert [len(one.went.lines) for one in page.context["compared"]] == [0, 1]
    names = {"name_nb": "Samarbeid", "name_nn": "Samarbeid", "name_en": "Collaborations"}
    assert manager.post("/tall/collaborations/ny-versjon/", chosen | names | {"save": ""}).status_code == 200
    saved = manager.post("/tall/collaborations/ny-versjon/", chosen | names | {"reason": "Bare nye", "save": ""})
    assert saved.status_code == 302
    versions = Figure.objects.get(slug="collaborations").versions.order_by("number")
    assert [Definition.from_dict(one.definition).rule for one in versions] == [Rule.ACTIVE, Rule.NEW]


def test_who_began_from_a_version_that_is_no_longer_the_latest_is_told(manager: Client) -> None:
    chosen = said_by(queries.definition_of(queries.current_version("collaborations"))) | {"rule": "new"} | NAMES
    manager.post("/tall/collaborations/ny-versjon/", chosen | {"reason": "Først", "save": "", "begun_from": "1"})
    page = manager.post("/tall/collaborations/ny-versjon/", chosen | {"reason": "Sist", "save": "", "begun_from": "1"})
    assert (page.status_code, len(page.context["named"].non_field_errors())) == (200, 1)
    assert queries.current_version("collaborations").reason == "Først"


def test_a_figure_that_is_put_away_is_not_offered_and_can_still_be_read(manager: Client) -> None:
    assert manager.get("/tall/networks/legg-bort/").status_code == 405
    manager.post("/tall/networks/legg-bort/")
    offered = [version.figure.slug for version in queries.latest_versions(with_people=True)]
    assert ("networks" in offered, manager.get("/tall/networks/").status_code) == (False, 200)
    manager.post("/tall/networks/legg-bort/", {"restore": ""})
    assert "networks" in [version.figure.slug for version in queries.latest_versions(with_people=True)]


@pytest.mark.parametrize("role", ["coordinator", "reader"])
def test_coordinators_make_figures_and_readers_do_not(
    role: str, client_of: Callable[[User], Client], request: pytest.FixtureRequest
) -> None:
    assert client_of(request.getfixturevalue(role)).get("/tall/ny/").status_code == {"reader": 404}.get(role, 200)


@pytest.mark.parametrize(
    "definition",
    [
        Definition(unit=Unit.ACTIVITIES, sharing=Sharing.SHARE, sides=("education",), programmes=("mtnu",)),
        Definition(unit=Unit.ORGANISATIONS, identity=Identity.TODAY, families=("student", "gone"), roles=("host",)),
        Definition(unit=Unit.PEOPLE, rule=Rule.COMPLETED, party=Party.PERSON, municipalities=("0821", "3817")),
        Definition(unit=Unit.FTE, sectors=("2100",), size_classes=("5-9",), contributions=("direct",), outcomes=()),
    ],
)
def test_every_definition_comes_through_the_form_as_it_was(definition: Definition) -> None:
    ensure_builtin(at=clock.now())
    form = DefinitionForm(said_by(definition), definition=definition)
    assert form.is_valid(), form.errors
    default = Definition(unit=definition.unit).outcomes
    assert form.definition.as_dict() == definition.as_dict() or (definition.outcomes, default) == ((), default)


def test_a_name_of_a_municipality_takes_its_earlier_numbers_with_it() -> None:
    ensure_builtin(at=clock.now())
    form = DefinitionForm({"unit": "activities", "municipalities": "Midt-Telemark\n0819"})
    assert form.is_valid(), form.errors
    assert form.definition.municipalities == ("0821", "0822", "3817", "4020", "0819")


def test_figures_are_found_by_words_in_any_language_and_by_what_they_say(manager: Client) -> None:
    manager.post("/tall/ny/", THESES | NAMES | {"save": ""})

    def found(asked: str) -> list[str]:
        return [shown.version.figure.slug for shown in manager.get(f"/tall/?{asked}").context["figures"]]

    assert found("q=oppgaver&enhet=activities") == ["student-theses"]
    assert found("q=læringsdager") == []
    assert found("q=personar+pa+kurs&enhet=people") == ["people-on-courses"]
    assert found("av=user:0") == found("")  # nobody of that name: the field says so, and all are shown
    mine = FigureVersion.objects.get(figure__slug="student-theses").made_by
    assert found(f"av={mine}") == ["student-theses"]
    assert len(found("enhet=fte")) == 2
    manager.post("/tall/student-theses/legg-bort/")
    assert (found("q=student-theses"), found("vis=bort")) == ([], ["student-theses"])


def test_definitions_travel_as_files_and_say_the_same_when_read_back(
    manager: Client, golden: Golden, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    college = golden.college
    operations.define(
        "for-the-college",
        name=Words("For «høgskolen»", "For \\ \t «høgskulen»", "For the college"),
        definition=Definition(unit=Unit.ACTIVITIES, institutions=(college.pk,), kinds=("thesis",)),
        by="user:1",
        at=RECORDED,
    )
    file = tmp_path / "figures.toml"
    assert main(["figure", "export", "--file", str(file)]) == 0
    before = list(FigureVersion.objects.order_by("pk").values("figure__slug", "name", "definition"))
    assert "NO brreg 313000001" in file.read_text()
    assert main(["figure", "import", str(file)]) == 0
    assert list(FigureVersion.objects.order_by("pk").values("figure__slug", "name", "definition")) == before
    FigureVersion.objects.filter(figure__slug="for-the-college").delete()
    Figure.objects.get(slug="for-the-college").delete()
    assert main(["figure", "import", str(file)]) == 0
    again = list(FigureVersion.objects.order_by("pk").values("figure__slug", "name", "definition"))
    assert again == before
    capsys.readouterr()
    page = manager.get("/tall/for-the-college/definisjon.toml")
    assert [one.definition for one in files.read(page.content.decode(), name="a")] == [
        queries.definition_of(queries.current_version("for-the-college"))
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("figures = 1", "figures"),
        ("[[figures]]\nslug = 'A b'\nname = {nb='a', nn='a', en='a'}\ncounts = {unit='people'}", "“A b”"),
        ("[[figures]]\nslug = 'a'\nname = {nb='a', nn='a'}\ncounts = {unit='people'}", "“en”"),
        ("[[figures]]\nslug = 'a'\nname = {nb='a', nn='a', en='a'}\ncounts = {unit='x'}", "'x'"),
        ("[[figures]]\nslug = 'a'\nname = {nb='a', nn='a', en='a'}\ncounts = {unit='fte', kinds=['nix']}", "“nix”"),
        (
            "[[figures]]\nslug = 'a'\nname = {nb='a', nn='a', en='a'}\ncounts = {unit='fte', partners=['NO b 1']}",
            "“NO b 1”",
        ),
        ("not toml", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(text: str, said: str) -> None:
    with translation.override("en"), pytest.raises(Refusal) as refused:
        files.read(text, name="file")
    assert said in str(refused.value)

"""Finding the organisation meant by a name: one test for each kind of difficulty."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation
from stdnum.no import orgnr

from samtall.base.text import search_key
from samtall.config.command_line import main
from samtall.parties.matching import Candidate, Finding, Reason, Sought, Verdict, find, find_one, keeping, suggest
from samtall.parties.matching.work import keep_young
from samtall.parties.models import Establishment, Organisation, OrganisationAttributes
from samtall.parties.operations import add_establishment, add_organisation, add_unidentified, record_attributes

pytestmark = pytest.mark.django_db
AT = datetime(2024, 5, 1, tzinfo=UTC)
BO, NOME, OSLO = "4020", "4018", "0301"


def numbers() -> Iterator[str]:
    """Organisation numbers with right check digits."""
    return (number for number in (f"{n:09d}" for n in range(930_000_000, 999_999_999)) if orgnr.is_valid(number))


_NUMBERS = numbers()


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.DATA = tmp_path
    keeping.forget()
    yield tmp_path
    keeping.forget()


def unit(name: str, form: str = "AS", municipality: str = BO, **said: Any) -> Organisation:
    return add_organisation(
        name, number=next(_NUMBERS), form=form, attributes={"municipality": municipality, **said}, at=AT
    )


def site(owner: Organisation, name: str, municipality: str = BO) -> Establishment:
    return add_establishment(owner, name, number=next(_NUMBERS), attributes={"municipality": municipality}, at=AT)


def fill() -> None:
    """Others, so that the one sought is not alone."""
    for name in ("FURUHEIM ELEKTRO AS", "GRANLI TRANSPORT AS", "TRANSPORTSENTRALEN AS", "HAUGEN RØRLEGGERBEDRIFT AS",
                 "NOME BILVERKSTED AS", "SKIEN BOKBINDERI AS", "LUNDE HOTELL AS", "GVARV FRUKTLAGER SA"):  # fmt: skip
        unit(name)


def first(name: str, **known: Any) -> tuple[Organisation | None, Finding]:
    found = find_one(Sought(name, **known))
    best = found.candidates[0] if found.candidates else None
    return (Organisation.objects.get(pk=best.organisation) if best else None), found


def codes(candidate: Candidate) -> list[str]:
    return [reason.code for reason in candidate.reasons]


def test_a_name_without_its_form_is_certain_when_nobody_else_is_like_it() -> None:
    fill()
    meant = unit("BØ VARETRANSPORT AS")
    found, finding = first("Bø Varetransport", municipality=BO)
    assert (found, finding.verdict) == (meant, Verdict.CERTAIN)
    assert finding.candidates[0].reasons == (
        Reason.of("form_missing", form="AS"),
        Reason.of("same_municipality"),
    )


@pytest.mark.parametrize("typed", ["Bø Varetransport A/S", "AS Bø Varetransport", "Bø varetransport a.s."])
def test_the_form_may_be_written_otherwise(typed: str) -> None:
    fill()
    meant = unit("BØ VARETRANSPORT AS")
    assert first(typed)[0] == meant


def test_another_form_speaks_against_but_is_still_found() -> None:
    fill()
    meant = unit("BØ VARETRANSPORT AS")
    found, finding = first("Bø Varetransport ANS")
    assert found == meant
    assert "form_differs" in codes(finding.candidates[0])


@pytest.mark.parametrize(
    "typed",
    [
        "Sønsteby Maskinn",  # a letter twice
        "Sønstby Maskin",  # a letter missing
        "Sønsetby Maskin AS",  # two letters swapped
        "Maskin Sønsteby",  # words swapped
        "Soensteby Maskin",
        "Sonsteby Maskin",
        "SÃ¸nsteby Maskin AS",  # UTF-8 read as Latin-1
        "S?nsteby Maskin AS",  # a letter lost on the way
        "Sønsteby-Maskin AS",
        "Sønstebymaskin",  # written together
        "Sønsteby Maskin AS v/ Kari Nordmann",
    ],
)
def test_a_name_may_be_misspelt(typed: str) -> None:
    fill()
    meant = unit("SØNSTEBY MASKIN AS")
    assert first(typed)[0] == meant


@pytest.mark.parametrize("typed", ["Bø vgs", "Bø vidaregåande skule", "BØ VIDEREGÅENDE SKOLE", "Bø vgs."])
def test_bokmaal_nynorsk_and_the_usual_abbreviation_are_one_word(typed: str) -> None:
    fill()
    county = unit("TELEMARK FYLKESKOMMUNE", "FYLK")
    school = site(county, "BØ VIDAREGÅANDE SKULE")
    found, finding = first(typed)
    assert found == county
    assert finding.candidates[0].establishment == school.pk


@pytest.mark.parametrize("typed", ["Nome kom.", "Nome komm.", "NOME KOMMUNE", "Nome kommune"])
def test_a_municipality_is_found_however_the_word_is_shortened(typed: str) -> None:
    fill()
    meant = unit("NOME KOMMUNE", "KOMM", NOME)
    assert first(typed)[0] == meant


def test_initials_lead_to_the_name_they_are_short_for() -> None:
    fill()
    meant = unit("UNIVERSITETET I SØRØST-NORGE", "ORGL", size_class="250+", sector="6100")
    found, finding = first("USN")
    assert found == meant
    assert codes(finding.candidates[0]) == ["short_for"]


def test_a_former_name_is_found_and_its_last_year_told() -> None:
    fill()
    meant = unit("TELEMARK INDUSTRIPARTNER AS", valid_from=date(2015, 1, 1))
    record_attributes(meant, valid_from=date(2019, 6, 1), name="VOLLTINN AS")
    found, finding = first("Telemark Industripartner")
    assert found == meant
    assert Reason.of("former_name", name="TELEMARK INDUSTRIPARTNER AS", year="2019") in finding.candidates[0].reasons
    assert first("Volltinn")[0] == meant


def test_of_two_that_had_a_name_the_day_decides() -> None:
    fill()
    older = unit("ALFAMEK AS", valid_from=date(2012, 1, 1))
    record_attributes(older, valid_from=date(2018, 1, 1), name="HAVTEK AS")
    newer = unit("ALFAMEK AS", valid_from=date(2018, 3, 1))
    assert first("Alfamek AS", on=date(2015, 5, 5))[0] == older
    assert first("Alfamek AS", on=date(2023, 5, 5))[0] == newer


def test_one_that_had_closed_by_then_comes_after_one_that_had_not() -> None:
    fill()
    closed, running = unit("TINNE BAKERI AS"), unit("TINNE BAKERI AS")
    Organisation.objects.filter(pk=closed.pk).update(closed_on=date(2018, 3, 1))
    finding = find_one(Sought("Tinne Bakeri", on=date(2022, 1, 1)))
    assert [one.organisation for one in finding.candidates[:2]] == [running.pk, closed.pk]
    assert Reason.of("closed", year="2018") in finding.candidates[1].reasons


def test_a_shop_of_a_chain_leads_to_its_work_site_and_its_owner() -> None:
    fill()
    chain = unit("NOREKO DAGLIGVARE NORGE AS", municipality=OSLO)
    shops = [site(chain, f"NOREKO 123 {place}") for place in ("BØ", "ULEFOSS", "LUNDE", "GVARV")]
    found, finding = first("Noreko Ulefoss")
    assert found == chain
    assert finding.candidates[0].establishment == shops[1].pk
    assert Reason.of("site", organisation=chain.name) in finding.candidates[0].reasons


def test_a_brand_that_only_the_work_site_has_leads_to_its_owner() -> None:
    fill()
    owner = unit("KÅRE OG SØNN DRIFT AS")
    shop = site(owner, "FIRKLØVERET KAFÉ")
    found, finding = first("Firkløveret kafe")
    assert (found, finding.candidates[0].establishment) == (owner, shop.pk)


def test_a_department_counts_as_the_unit_at_the_top() -> None:
    fill()
    municipality = unit("NOME KOMMUNE", "KOMM", NOME)
    department = unit("NOME KOMMUNE OPPVEKST", "ORGL", NOME)
    Organisation.objects.filter(pk=department.pk).update(part_of=municipality)
    found, finding = first("Nome kommune oppvekst")
    assert found == municipality
    assert [one.organisation for one in finding.candidates].count(municipality.pk) == 1


def test_of_two_with_one_name_the_municipality_decides_and_without_it_there_is_doubt() -> None:
    fill()
    here, there = unit("SOLVANG BARNEHAGE AS", municipality=BO), unit("SOLVANG BARNEHAGE AS", municipality=OSLO)
    assert first("Solvang barnehage", municipality=BO)[0] == here
    assert first("Solvang barnehage", municipality=OSLO)[0] == there
    unsure = find_one(Sought("Solvang barnehage"))
    assert unsure.verdict is Verdict.DOUBT
    assert {one.organisation for one in unsure.candidates[:2]} == {here.pk, there.pk}
    assert all("shared_name" in codes(one) for one in unsure.candidates[:2])


def test_a_work_site_called_as_its_owner_makes_the_owner_no_likelier_than_others_of_the_name() -> None:
    fill()
    one, other = unit("LIFJORD UTVIKLING AS"), unit("LIFJORD UTVIKLING AS", municipality=OSLO)
    site(other, "LIFJORD UTVIKLING AS", municipality=OSLO)
    finding = find_one(Sought("Lifjord Utvikling AS"))
    assert finding.verdict == Verdict.DOUBT
    assert {candidate.organisation for candidate in finding.candidates[:2]} == {one.pk, other.pk}


def test_one_renamed_in_place_to_a_name_that_another_bears_makes_a_doubt() -> None:
    fill()
    one, other = unit("LIFJORD UTVIKLING AS"), unit("GAUSTA UTSYN AS", municipality=OSLO)
    keeping.make(at=AT)
    Organisation.objects.filter(pk=other.pk).update(
        name="LIFJORD UTVIKLING AS", search_name=search_key("LIFJORD UTVIKLING AS")
    )
    finding = find_one(Sought("Lifjord Utvikling AS"))
    assert finding.verdict == Verdict.DOUBT
    assert {candidate.organisation for candidate in finding.candidates[:2]} == {one.pk, other.pk}


def test_a_sole_proprietor_is_found_by_name_in_either_order() -> None:
    fill()
    meant = unit("NORDBØ TARALD", "ENK")
    assert first("Tarald Nordbø")[0] == meant
    assert first("Nordbø, Tarald ENK")[0] == meant


def test_the_web_domain_tells_two_of_a_name_apart() -> None:
    fill()
    unit("FJELLTUN REGNSKAP AS", domain="fjelltun.no")
    meant = unit("FJELLTUN REGNSKAP AS", municipality=OSLO, domain="fjelltunregnskap.no")
    found, finding = first("Fjelltun Regnskap", email="kari@fjelltunregnskap.no")
    assert found == meant
    assert Reason.of("same_domain", domain="fjelltunregnskap.no") in finding.candidates[0].reasons


def test_an_address_that_anyone_may_have_says_nothing() -> None:
    fill()
    unit("FJELLTUN REGNSKAP AS", domain="gmail.com")
    assert first("Hansen Konditori", email="kari@gmail.com")[1].verdict is not Verdict.CERTAIN


@pytest.mark.parametrize("typed", ["Kvitebjørn Romfart AS", "Zephyr Undervannsteknologi", "", "   ", "?", "AS", "😀"])
def test_nobody_stays_nobody(typed: str) -> None:
    fill()
    assert first(typed)[1].verdict is not Verdict.CERTAIN
    assert find_one(Sought("Kvitebjørn Romfart AS")) == Finding(Verdict.NONE, ())


def test_nobody_is_found_in_an_empty_register() -> None:
    assert find([Sought("Bø Bygg AS"), Sought("")]) == [Finding(Verdict.NONE, ())] * 2


def test_those_without_a_number_are_never_candidates() -> None:
    fill()
    add_unidentified("Heddal Smie AS", at=AT)
    assert find_one(Sought("Heddal Smie AS")).verdict is Verdict.NONE


def test_a_name_that_was_tied_before_leads_to_the_same_again() -> None:
    fill()
    meant = unit("LIFJELL DRIFTSSELSKAP AS")
    written = add_unidentified("Skisenteret på fjellet", at=AT)
    Organisation.objects.filter(pk=written.pk).update(same_as=meant)
    found, finding = first("skisenteret på  FJELLET")
    assert (found, finding.verdict) == (meant, Verdict.CERTAIN)
    assert finding.candidates[0].reasons == (Reason.of("written_before"),)


def test_what_was_tied_to_two_is_a_doubt() -> None:
    fill()
    for name in ("LIFJELL DRIFTSSELSKAP AS", "GAUSTA DRIFTSSELSKAP AS"):
        written = add_unidentified("Skisenteret", at=AT)
        Organisation.objects.filter(pk=written.pk).update(same_as=unit(name))
    assert find_one(Sought("Skisenteret")).verdict is Verdict.DOUBT


def test_what_is_added_is_found_at_once() -> None:
    fill()
    assert first("Heddal Smie AS")[0] is None
    meant = unit("HEDDAL SMIE AS")
    assert first("Heddal Smie AS")[0] == meant
    record_attributes(meant, valid_from=date(2024, 9, 1), name="NOTODDEN STÅLKUNST AS")
    assert first("Notodden Staalkunst")[0] == meant


def test_what_was_renamed_in_place_is_found_under_its_new_name() -> None:
    fill()
    meant = unit("HEDDAL SMIE AS")
    assert first("Heddal Smie")[0] == meant
    meant.name = "NOTODDEN STÅLKUNST AS"
    meant.save()
    assert first("Notodden Stålkunst AS")[0] == meant


def test_what_is_deleted_is_not_answered_with() -> None:
    fill()
    meant = unit("HEDDAL SMIE AS")
    assert first("Heddal Smie AS")[0] == meant
    meant.delete()
    assert find_one(Sought("Heddal Smie AS")).verdict is Verdict.NONE


@pytest.mark.django_db(transaction=True)
def test_an_index_on_disk_gives_the_same_answers_and_what_is_new_beside_it() -> None:
    fill()
    meant = unit("HEDDAL SMIE AS")
    before = find_one(Sought("Heddal Smi", municipality=BO))
    keeping.make(at=AT)
    keeping.forget()
    assert find_one(Sought("Heddal Smi", municipality=BO)) == before
    assert before.candidates[0].organisation == meant.pk
    newer = unit("NOTODDEN STÅLKUNST AS")
    assert first("Notodden Stålkunst")[0] == newer


@pytest.mark.django_db(transaction=True)
def test_what_comes_little_by_little_is_found_and_what_it_replaces_is_not() -> None:
    fill()
    found = []
    for place in ("Bø", "Lunde", "Gvarv", "Seljord", "Rjukan"):
        newest = unit(f"SMIA I {place.upper()} AS")
        found.append(first(f"Smia i {place}")[0] == newest)
    assert found == [True] * 5
    record_attributes(newest, valid_from=date(2024, 9, 1), name="NOTODDEN STÅLKUNST AS", municipality=OSLO)
    finding = find_one(Sought("Notodden Stålkunst", municipality=OSLO))
    assert [one.organisation for one in finding.candidates] == [newest.pk]
    assert codes(finding.candidates[0]) == ["form_missing", "same_municipality"]


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_forgotten_though_its_key_is_given_again() -> None:
    fill()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        taken_back = unit("HEDDAL SMIE AS")
        assert first("Heddal Smie")[0] == taken_back
        raise ZeroDivisionError
    other = unit("NOTODDEN STÅLKUNST AS")
    assert first("Heddal Smie")[0] is None
    assert first("Notodden Stålkunst")[0] == other


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True)
def test_a_unit_with_a_lower_key_that_is_committed_later_is_found_as_well() -> None:
    fill()
    written, may_commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            unit("HEDDAL SMIE AS")
            written.set()
            may_commit.wait(20)
        connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    written.wait(20)
    unit("NOTODDEN STÅLKUNST AS")
    assert first("Notoden Stålkunst")[0] is not None
    may_commit.set()
    slow.join()
    found = first("Hedal Smie")[0]
    assert found is not None
    assert found.name == "HEDDAL SMIE AS"


def test_many_are_found_as_one_by_one() -> None:
    fill()
    unit("SØNSTEBY MASKIN AS")
    sought = [Sought(name) for name in ("Sonsteby Maskin", "Granli Transport", "Nobody at All", "", "Lunde Hotel")]
    assert find(sought) == [find_one(one) for one in sought]


def test_while_typing_beginnings_of_words_are_enough() -> None:
    fill()
    meant = unit("SØNSTEBY MASKIN AS")
    assert suggest("søns")[0].organisation == meant.pk
    assert suggest("mas søn")[0].organisation == meant.pk
    assert suggest("") == []


def test_reasons_are_words_in_the_readers_language_and_survive_json() -> None:
    reason = Reason.of("former_name", name="BØ BYGG AS", year="2019")
    assert Reason.from_plain(reason.to_plain()) == reason
    with translation.override("en"):
        assert str(reason) == "former name until 2019: BØ BYGG AS"
    with translation.override("nb"):
        assert str(reason) == "tidligere navn til 2019: BØ BYGG AS"
    with translation.override("nn"):
        assert str(reason) == "tidlegare namn til 2019: BØ BYGG AS"


def test_the_terminal_shows_candidates_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    meant = unit("SØNSTEBY MASKIN AS")
    assert main(["--language", "en", "match", "find", "Sønsteby Maskin", "--municipality", BO]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Certain:"
    assert lines[1].endswith("SØNSTEBY MASKIN AS: same name but for the form AS; in the same municipality")
    assert meant.number[:3] in lines[1]


def test_the_terminal_says_how_old_the_index_is(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    main(["--language", "en", "match", "status"])
    assert capsys.readouterr().out.startswith("There is no index in the data folder.")
    main(["--language", "en", "match", "index"])
    unit("HEDDAL SMIE AS")
    capsys.readouterr()
    main(["--language", "en", "match", "status"])
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].endswith("and has 8 names.")
    assert shown[1] == "1 unit is new or changed since, and is found all the same."


def test_an_index_of_a_day_ago_is_made_anew_and_what_was_erased_is_gone_from_the_disk(data_folder: Path) -> None:
    fill()
    erased = unit("HEDDAL SMIE AS")
    keep_young(AT)
    assert keeping.kept() is None  # a small register needs none
    keeping.make(at=AT)
    erased.delete()
    keep_young(AT + timedelta(hours=23))
    assert b"HEDDAL SMIE" in names_on_disk(data_folder)
    keep_young(AT + timedelta(days=1))
    assert names_on_disk(data_folder).count(b"HEDDAL SMIE") == 0
    assert b"LUNDE HOTELL" in names_on_disk(data_folder)


def names_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("names.npy"))


@pytest.mark.django_db(transaction=True)
def test_an_index_of_another_database_is_not_believed() -> None:
    unit("HEDDAL SMIE AS")
    keeping.make(at=AT)
    Organisation.objects.update(name="NOTODDEN STÅLKUNST AS", search_name="notodden stålkunst as")
    OrganisationAttributes.objects.update(name="NOTODDEN STÅLKUNST AS")
    keeping.forget()
    assert find_one(Sought("Heddal Smie")).verdict is Verdict.NONE
    assert first("Notoden Staalkunst")[0] == Organisation.objects.get()


def test_a_list_of_ones_own_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    meant, other = unit("SØNSTEBY MASKIN AS"), unit("HEDDAL SMIE AS")
    file = tmp_path / "list.csv"
    file.write_text(
        "navn;orgnr;kommune\n"
        f"Sønsteby Maskin;{meant.number};{BO}\n"
        f"Heddal Smie;{meant.number};{BO}\n"
        "Kvitebjørn Romfart;;\n",
        encoding="utf-8",
    )
    assert main(["--language", "en", "match", "evaluate", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "3 names, 2 of them in the register." in shown
    assert "Tied: 2 (66.7%), of them right 50.0%." in shown
    assert "Of those not in the register: wrongly tied 0.0%." in shown
    assert f"“Heddal Smie” was taken for {other.name}, but is {meant.name}" in shown


def test_a_list_without_the_columns_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["--language", "en", "match", "evaluate", str(file)]) == 1
    assert "at least the columns name and number" in capsys.readouterr().err

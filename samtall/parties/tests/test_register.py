"""Loading extracts of the business register: every dialect, every trap, stopped, repeated and out of order."""

import gzip
import json
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from stdnum.no import orgnr

from samtall.config.command_line import main
from samtall.parties.industry import only_in_sn2025, standard_of
from samtall.parties.models import (
    Establishment,
    EstablishmentAttributes,
    Industry,
    Organisation,
    OrganisationAttributes,
    RegisterLoad,
)
from samtall.parties.queries import attributes_on
from samtall.parties.register.columns import Kind
from samtall.parties.register.files import NotAnExtract
from samtall.parties.register.loading import Progress, WrongDate, load
from samtall.parties.tests.conftest import Installation
from samtall.places.operations import ensure_builtin

AT = datetime(2026, 2, 1, tzinfo=UTC)
DAY = date(2025, 2, 10)

ENHETER = (
    "organisasjonsnummer,navn,organisasjonsform.kode,naeringskode1.kode,naeringskode1.beskrivelse,antallAnsatte,"
    "forretningsadresse.postnummer,forretningsadresse.kommunenummer,institusjonellSektorkode.kode,konkursdato,"
    "overordnetEnhet,slettedato\n"
)
UNDERENHETER = (
    "organisasjonsnummer,navn,organisasjonsform.kode,naeringskode1.kode,antallAnsatte,"
    "beliggenhetsadresse.kommunenummer,overordnetEnhet,nedleggelsesdato\n"
)


def numbers() -> Iterator[str]:
    """Organisation numbers with right check digits."""
    return (number for number in (f"{n:09d}" for n in range(910_000_000, 999_999_999)) if orgnr.is_valid(number))


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def loaded(path: Path, dated: date | None = DAY, kind: Kind | None = None) -> Progress:
    return load(path, dated=dated, kind=kind, at=AT)


def values(row: Any) -> tuple[Any, ...]:
    return (
        row.name,
        row.municipality,
        row.postal_code,
        row.industry,
        row.industry_standard,
        row.sector,
        row.employees,
        row.size_class,
    )


@pytest.mark.django_db
def test_legal_units_are_read_from_the_registers_csv(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "enheter.csv",
        ENHETER + "974760673,BØ BYGG AS,AS,68.209,Utleie av egen eiendom,12,3800,4020,2100,,,\n"
        "971424346,OSLO HYTTER AS,AS,01.110,Dyrking av korn,,0970,0301,2100,,,\n",
    )
    done = loaded(file)
    assert (done.rows, done.new, done.changed, done.skipped, done.problems) == (2, 2, 0, 0, [])
    first, second = OrganisationAttributes.objects.order_by("organisation__number").reverse()
    assert values(first) == ("BØ BYGG AS", "4020", "3800", "68.209", "SN2007", "2100", 12, "10-19")
    assert values(second) == ("OSLO HYTTER AS", "0301", "0970", "01.110", "SN2007", "2100", None, "0-4")
    assert (first.valid_from, first.source) == (DAY, "enheter.csv")
    unit = first.organisation
    assert (unit.number, unit.name, unit.form, unit.closed_on) == ("974760673", "BØ BYGG AS", "AS", None)
    assert set(map(str, Industry.objects.all())) == {"68.209 Utleie av egen eiendom", "01.110 Dyrking av korn"}


@pytest.mark.django_db
def test_what_a_spreadsheet_did_to_the_codes_is_undone(tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENHETER + "974760673.0,X AS,AS,1.11,,129.0,970,301.0,2100.0,,,\n")
    assert loaded(file).problems == []
    row = OrganisationAttributes.objects.get()
    assert values(row) == ("X AS", "0301", "0970", "01.110", "SN2007", "2100", 129, "100-249")


@pytest.mark.django_db
def test_not_stated_is_empty_and_withheld_is_not_zero(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "e.csv",
        ENHETER + "974760673,UTEN AS,AS,00.000,Uoppgitt,,,,,,,\n971424346,NULL AS,AS,,,0,AB-1,,2100,,,\n",
    )
    loaded(file)
    second, first = OrganisationAttributes.objects.order_by("organisation__number")
    assert values(first) == ("UTEN AS", "", "", "", "", "", None, "0-4")
    assert values(second) == ("NULL AS", "", "", "", "", "2100", 0, "0-4")
    assert Industry.objects.count() == 0


@pytest.mark.django_db
def test_rows_that_cannot_be_kept_are_told_of_and_skipped(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "e.csv",
        ENHETER + "974760674,FEIL SIFFER,AS,,,,,,,,,\n"
        "97476067,KORT,AS,,,,,,,,,\n"
        "971424346,,AS,,,,,,,,,\n"
        "971424346,A,AS,bygg,,,,,,,,\n"
        "971424346,A,AS,,,mange,,,,,,\n"
        "971424346,A,BEDR,,,,,,,,,\n"
        "971424346,A,AS,,,,,,,,,i går\n"
        "974760673,RIKTIG AS,AS\n",
    )
    done = loaded(file)
    assert (done.rows, done.new, done.skipped) == (8, 1, 7)
    assert [problem.split(":")[0] for problem in done.problems] == [
        "Rad 1 (974760674 FEIL SIFFER)",
        "Rad 2 (97476067 KORT)",
        "Rad 3 (971424346)",
        "Rad 4 (971424346 A)",
        "Rad 5 (971424346 A)",
        "Rad 6 (971424346 A)",
        "Rad 7 (971424346 A)",
    ]
    assert RegisterLoad.objects.get().problems == 7


@pytest.mark.django_db
def test_a_work_site_before_its_owner_keeps_the_owner_as_a_bare_number_until_it_comes(tmp_path: Path) -> None:
    sites = write(tmp_path, "u.csv", UNDERENHETER + "971424346,BØ BYGG AVD GVARV,BEDR,68.209,7,4020,974760673,\n")
    loaded(sites)
    owner = Organisation.objects.get()
    assert (owner.number, owner.name, owner.attributes.count()) == ("974760673", "974\u00a0760\u00a0673", 0)
    loaded(write(tmp_path, "e.csv", ENHETER + "974760673,BØ BYGG AS,AS,68.209,,12,3800,4020,2100,,,\n"))
    owner.refresh_from_db()
    assert (owner.name, owner.form, owner.attributes.count()) == ("BØ BYGG AS", "AS", 1)
    assert Establishment.objects.get().organisation == owner


@pytest.mark.django_db
def test_a_work_site_without_owner_is_skipped_and_one_that_was_sold_follows_its_new_owner(tmp_path: Path) -> None:
    done = loaded(write(tmp_path, "a.csv", UNDERENHETER + "971424346,LAGER,BEDR,,,4020,,\n"))
    assert (done.skipped, Establishment.objects.count()) == (1, 0)
    loaded(write(tmp_path, "b.csv", UNDERENHETER + "971424346,LAGER,BEDR,,,4020,974760673,\n"))
    later = write(tmp_path, "c.csv", UNDERENHETER + "971424346,LAGER,BEDR,,,4020,971032081,\n")
    assert loaded(later, date(2025, 5, 1)).changed == 1
    assert Establishment.objects.get().organisation.number == "971032081"


@pytest.mark.django_db
def test_a_department_is_part_of_its_owner_also_when_the_owner_comes_later_in_the_file(tmp_path: Path) -> None:
    loaded(
        write(
            tmp_path,
            "e.csv",
            ENHETER + "971424346,LUNDE SKULE,ORGL,,,,,,,,974760673,\n974760673,NOME KOMMUNE,KOMM,,,,,,,,,\n",
        )
    )
    school = Organisation.objects.get(number="971424346")
    assert school.part_of
    assert school.part_of.name == "NOME KOMMUNE"
    assert Organisation.objects.count() == 2


@pytest.mark.django_db
def test_a_deleted_unit_is_closed_and_keeps_what_was_known(tmp_path: Path) -> None:
    loaded(write(tmp_path, "e.csv", ENHETER + "974760673,BØ BYGG AS,AS,68.209,,12,3800,4020,2100,,,\n"))
    units = [
        {
            "organisasjonsnummer": "974760673",
            "navn": "BØ BYGG AS",
            "organisasjonsform": {"kode": "AS", "utgaatt": None},
            "slettedato": "2025-04-01",
        }
    ]
    done = loaded(write(tmp_path, "e.json", json.dumps(units)), date(2025, 5, 1))
    assert (done.changed, Organisation.objects.get().closed_on) == (1, date(2025, 4, 1))
    assert values(OrganisationAttributes.objects.get())[3] == "68.209"


SITE = {
    "organisasjonsnummer": "971424346",
    "navn": "GVARV AVD",
    "organisasjonsform": {"kode": "BEDR", "_links": {}},
    "naeringskode1": {"kode": "71.112", "beskrivelse": "Arkitekttjenester"},
    "antallAnsatte": 6,
    "overordnetEnhet": "974760673",
    "beliggenhetsadresse": {
        "adresse": ["Tyvholmen 1", None, None, ""],
        "postnummer": "3810",
        "kommunenummer": "4020",
        "landkode": "NO",
    },
    "konkursdato": "",
}


@pytest.mark.django_db
@pytest.mark.parametrize("gzipped", [False, True])
def test_json_is_read_plain_and_gzipped_and_tells_its_kind_by_the_form(tmp_path: Path, gzipped: bool) -> None:
    units = [SITE, {**SITE, "organisasjonsnummer": "971032081", "beliggenhetsadresse": None, "antallAnsatte": None}]
    text = json.dumps(units).encode()
    path = tmp_path / "underenheter_alle"
    path.write_bytes(gzip.compress(text) if gzipped else text)
    done = loaded(path)
    assert (done.new, done.problems) == (2, [])
    second, first = EstablishmentAttributes.objects.order_by("establishment__number")
    assert values(first) == ("GVARV AVD", "4020", "3810", "71.112", "SN2007", "", 6, "5-9")
    assert values(second) == ("GVARV AVD", "", "", "71.112", "SN2007", "", None, "0-4")


ADDRESSES = (
    "organisasjonsnummer,navn,organisasjonsform.kode,hjemmeside,forretningsadresse.adresse,konkurs,underAvvikling,"
    "underTvangsavviklingEllerTvangsopplosning\n"
)


def one_row(folder: Path, line: str) -> OrganisationAttributes:
    loaded(write(folder, "e.csv", ADDRESSES + line + "\n"))
    return OrganisationAttributes.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "domain"),
    [
        ("www.Sesam.no", "sesam.no"),
        ("https://www.sesam.no/om-oss?x=1", "sesam.no"),
        ("http://avd.sesam.no:8080", "avd.sesam.no"),
        ("www.bø-bygg.no", "bø-bygg.no"),
        ("post@sesam.no", ""),
        ("ingen", ""),
        ("", ""),
    ],
)
def test_of_the_web_page_the_host_is_kept(tmp_path: Path, said: str, domain: str) -> None:
    assert one_row(tmp_path, f"974760673,SESAM AS,AS,{said},,false,false,false").domain == domain


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "said", "street"),
    [
        ("AS", "Gvarvvegen 12", "Gvarvvegen 12"),
        ("AS", "c/o NN/nTyvholmen 1/n2. etasje", "Tyvholmen 1, 2. etasje"),
        ("AS", "v/Kari Lie", ""),
        ("AS", "KPMG bygget/nc/o NN 18 etg./nSørkedalsveien 6", "KPMG bygget, Sørkedalsveien 6"),
        ("AS", "Fløgstad Gård c/o NN/nv/nils", "Fløgstad Gård"),
        ("ENK", "Heimvegen 3", ""),
    ],
)
def test_the_street_is_kept_but_not_of_a_person(tmp_path: Path, form: str, said: str, street: str) -> None:
    assert one_row(tmp_path, f"974760673,SESAM,{form},,{said},false,false,false").street == street


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("false,false,false", ""),
        ("true,true,false", "bankrupt"),
        ("false,true,false", "winding_up"),
        ("false,true,true", "dissolution"),
    ],
)
def test_bankruptcy_and_winding_up_are_the_status_from_that_day_on(tmp_path: Path, said: str, status: str) -> None:
    assert one_row(tmp_path, f"974760673,SESAM AS,AS,,,{said}").status == status


@pytest.mark.django_db
@pytest.mark.parametrize(("form", "street"), [("AS", "Tyvholmen 1"), ("ENK", ""), (None, "")])
def test_a_work_site_has_a_street_only_when_its_owner_is_known_not_to_be_a_person(
    tmp_path: Path, form: str | None, street: str
) -> None:
    if form:
        loaded(write(tmp_path, "e.csv", ENHETER + f"974760673,EIER,{form},,,,,,,,,\n"))
    loaded(write(tmp_path, "u.json", json.dumps([SITE])))
    assert EstablishmentAttributes.objects.get().street == street


@pytest.mark.django_db
def test_who_owned_a_work_site_is_dated(tmp_path: Path) -> None:
    for day, owner in ((date(2025, 2, 28), "974760673"), (date(2025, 5, 1), "971032081")):
        loaded(write(tmp_path, "u.csv", UNDERENHETER + f"971424346,LAGER,BEDR,,,4020,{owner},\n"), day)
    owners = EstablishmentAttributes.objects.values_list("valid_from", "owner")
    assert list(owners) == [(date(2025, 2, 28), "974760673"), (date(2025, 5, 1), "971032081")]


@pytest.mark.django_db
def test_the_countys_tidied_copy_is_read_with_names_of_municipalities_and_forms(tmp_path: Path) -> None:
    ensure_builtin(AT)
    file = write(
        tmp_path,
        "telemark_hovedenheter_2025-02-10.csv",
        "Navn,Org. nr.,Overordnet enhet,Antall ansatte,Sektorkode,Forretningsadresse - Kommune,Organisasjonsform,"
        "NACE 1,NACE 1 - Bransje\n"
        "Bø bygg AS,974760673,,67.0,2100,Midt-Telemark,Aksjeselskap,68.209,Oppføring\n"
        "Atlantis lag,971424346,,,7000,Atlantis,Forening/lag/innretning,94.991,Lag\n",
    )
    done = loaded(file, None)
    assert done.unknown_places == {"Atlantis"}
    second, first = OrganisationAttributes.objects.order_by("organisation__number")
    assert values(first) == ("Bø bygg AS", "4020", "", "68.209", "SN2007", "2100", 67, "50-99")
    assert values(second)[1] == ""
    assert [unit.form for unit in Organisation.objects.order_by("number")] == ["FLI", "AS"]
    assert first.valid_from == date(2025, 2, 10)


@pytest.mark.django_db
def test_capitals_do_not_replace_a_tidier_spelling_of_the_same_name(tmp_path: Path) -> None:
    county = "Navn,Org. nr.,Forretningsadresse - Kommune\n"
    loaded(write(tmp_path, "a.csv", county + "Bø Bygg AS,974760673,\n"))
    done = loaded(write(tmp_path, "b.csv", ENHETER + "974760673,BØ BYGG AS,AS,,,,,,,,,\n"), date(2025, 5, 1))
    assert (Organisation.objects.get().name, done.changed) == ("Bø Bygg AS", 1)  # the form was not known before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"name;age\nKari;7\n", "name"),
        (b"", "first"),
        (b"organisasjonsnummer;navn\n974760673;X\n", "kind"),
        (b"PK\x03\x04 a spreadsheet", "spreadsheet"),
        (b'{"units": []}', "JSON"),
        (b"[]", "JSON"),
        (b'[{"name": "x"}]', "JSON"),
        (b'[{"organisasjonsnummer": "974760673", "navn": "X"}, {"organ', "damaged"),
        (gzip.compress(ENHETER.encode() + b"974760673,X,AS,,,,,,,,,\n" * 9)[:-20], "damaged"),
        (ENHETER.encode() + "974760673,BØ,AS,,,,,,,,,\n".encode("cp1252"), "UTF-8"),
        (ENHETER.encode() + b"974760673," + b"x" * 200_000 + b",AS\n", "CSV"),
    ],
)
def test_what_is_no_extract_is_refused_in_clear_words(tmp_path: Path, content: bytes, word: str) -> None:
    from django.utils import translation

    path = tmp_path / "file"
    path.write_bytes(content)
    with translation.override("en"), pytest.raises(NotAnExtract) as refusal:
        loaded(path)
    assert word in str(refusal.value)


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAnExtract):
        loaded(tmp_path / "nothing.csv")


@pytest.mark.django_db
def test_an_extract_without_a_day_or_from_the_future_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, "enheter.csv", ENHETER)
    for day in (None, date(2026, 2, 2)):
        with pytest.raises(WrongDate):
            loaded(file, day)
    assert RegisterLoad.objects.count() == 0


def test_a_code_is_of_the_standard_that_has_it_else_of_the_day() -> None:
    assert standard_of("43.210", date(2025, 8, 31)) == "SN2007"
    assert standard_of("43.210", date(2025, 9, 1)) == "SN2025"
    assert len(only_in_sn2025()) == 245
    assert {standard_of(code, date(2025, 3, 1)) for code in only_in_sn2025()} == {"SN2025"}
    assert standard_of("", date(2025, 9, 1)) == ""


@pytest.mark.django_db
def test_an_old_extract_cannot_be_passed_off_as_a_new_one(tmp_path: Path) -> None:
    rows = "".join(f"{number},X,AS,43.210,,,,,,,,\n" for number, _ in zip(numbers(), range(600), strict=False))
    file = write(tmp_path, "e.csv", ENHETER + rows)
    with pytest.raises(WrongDate):
        loaded(file, date(2025, 12, 1))
    assert Organisation.objects.count() == 0
    assert loaded(file, date(2025, 3, 1)).new == 600


@pytest.mark.django_db
def test_two_extracts_become_dated_attributes_where_something_changed_in_whatever_order(tmp_path: Path) -> None:
    february = write(
        tmp_path,
        "u1.csv",
        UNDERENHETER + "971424346,A,BEDR,62.010,7,4020,974760673,\n971032081,B,BEDR,85.100,7,4020,974760673,\n",
    )
    january = write(
        tmp_path,
        "u2.csv",
        UNDERENHETER + "971424346,A,BEDR,62.100,7,4020,974760673,\n971032081,B,BEDR,85.100,7,4020,974760673,\n",
    )
    march = write(
        tmp_path,
        "u3.csv",
        UNDERENHETER + "971424346,A,BEDR,62.010,7,4020,974760673,\n971032081,B,BEDR,85.100,7,4020,974760673,\n",
    )
    assert loaded(january, date(2026, 1, 12)).new == 2
    assert loaded(february, date(2025, 2, 28)).changed == 2
    assert loaded(march, date(2025, 3, 31)).changed == 0  # only told once more
    first, second = Establishment.objects.order_by("-number")

    def industry(unit: Establishment, day: date) -> tuple[str, str]:
        row = attributes_on(unit, day)
        assert row
        return row.industry, row.industry_standard

    assert industry(first, date(2025, 3, 15)) == ("62.010", "SN2007")
    assert industry(first, date(2026, 3, 15)) == ("62.100", "SN2025")
    assert industry(second, date(2025, 3, 15)) == ("85.100", "SN2007")
    assert industry(second, date(2026, 3, 15)) == ("85.100", "SN2025")
    assert [row.confirmed_on for row in first.attributes.all()] == [date(2025, 3, 31), date(2026, 1, 12)]


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENHETER + "974760673,BØ BYGG AS,AS,68.209,,12,3800,4020,2100,,,\n")
    loaded(file)
    before = list(OrganisationAttributes.objects.values()), list(Organisation.objects.values())
    assert loaded(file).already_done
    assert loaded(file, date(2025, 3, 1)).changed == 0
    OrganisationAttributes.objects.update(confirmed_on=DAY)
    assert (list(OrganisationAttributes.objects.values()), list(Organisation.objects.values())) == before


@pytest.mark.django_db
def test_the_same_number_twice_in_a_file_is_one_unit_and_the_last_row_holds(tmp_path: Path) -> None:
    rows = (
        "974760673,BØ BYGG AS,AS,68.209,,12,3800,4020,2100,,,\n974760673,MIDT BYGG AS,AS,68.209,,12,3800,4020,2100,,,\n"
    )
    loaded(write(tmp_path, "e.csv", ENHETER + rows))
    assert [row.name for row in OrganisationAttributes.objects.all()] == ["MIDT BYGG AS"]


@pytest.mark.django_db
def test_a_damaged_file_keeps_what_was_read_and_the_whole_one_goes_on(tmp_path: Path) -> None:
    units = [{"organisasjonsnummer": number, "navn": "X"} for number, _ in zip(numbers(), range(350), strict=False)]
    text = json.dumps(units)
    with pytest.raises(NotAnExtract):
        loaded(write(tmp_path, "half.json", text[: int(len(text) * 0.8)]))
    reached = RegisterLoad.objects.get().rows
    assert 100 <= reached < 300
    assert Organisation.objects.count() == reached
    assert loaded(write(tmp_path, "whole.json", text)).new == 350 - reached


@pytest.mark.django_db
def test_known_units_take_the_same_number_of_queries_however_many(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    all_numbers = numbers()
    rows = "".join(f"{next(all_numbers)},X,AS,43.210,,,,,,,,\n" for _ in range(100))
    loaded(write(tmp_path, "e.csv", ENHETER + rows))
    with django_assert_max_num_queries(24):
        loaded(write(tmp_path, "f.csv", ENHETER + rows.replace("X", "Y")), date(2025, 3, 1))
    assert OrganisationAttributes.objects.count() == 200


def test_a_killed_load_goes_on_where_it_was_and_ends_as_if_nothing_had_happened(
    installation: Installation, tmp_path: Path
) -> None:
    wanted = [number for number, _ in zip(numbers(), range(3000), strict=False)]
    file = write(
        tmp_path, "enheter_2025-02-10.csv", ENHETER + "".join(f"{n},X AS,AS,43.210,,9,,,,,,\n" for n in wanted)
    )
    loading = (
        f"from samtall.config.command_line import main; main(['--language', 'en', 'register', 'load', {str(file)!r}])"
    )
    database = sqlite3.connect(installation.data / "samtall.sqlite3")

    def ask(query: str) -> int:
        return int(database.execute(query).fetchone()[0])

    process = installation.start(loading)
    deadline = time.monotonic() + 60
    while ask("SELECT coalesce(max(rows), 0) FROM parties_registerload") < 500 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    reached = ask("SELECT rows FROM parties_registerload")
    assert 500 <= reached < 3000
    assert ask("SELECT count(*) FROM parties_organisation") == reached
    out = installation.python(loading)
    assert out.splitlines()[0] == f"3000 rows read: {3000 - reached} new units, 0 changed, 0 skipped."
    assert ask("SELECT count(DISTINCT number) FROM parties_organisation") == 3000
    assert ask("SELECT count(*) FROM parties_organisationattributes") == 3000
    assert installation.python(loading) == "This extract is loaded already. Nothing was changed.\n"
    database.close()


@pytest.mark.django_db
def test_the_command_tells_what_was_done_and_what_was_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, "e.csv", ENHETER + "974760673,BØ BYGG AS,AS,,,,,,,,,\n974760674,FEIL,AS,,,,,,,,,\n")
    words = ["--language", "en", "register", "load", str(file)]
    assert main(words) == 1
    assert main([*words, "--date", "2025-02-10", "--kind", "enheter"]) == 0
    said = capsys.readouterr()
    assert said.err == "Say which day the extract shows the register of, with --date YYYY-MM-DD.\n"
    assert said.out == (
        "2 rows read: 1 new units, 0 changed, 1 skipped.\n"
        "Row 2 (974760674 FEIL): The organisation number 974\u00a0760\u00a0674 has a wrong check digit. "
        "Check it against the source.\n"
    )

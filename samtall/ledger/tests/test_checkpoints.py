"""A checkpoint says where the books stood; whoever has one can tell whether they still pass through it."""

import base64
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from samtall.base.errors import Refusal
from samtall.config.command_line import main
from samtall.ledger import checkpoints, signing
from samtall.ledger.checkpoints import BadSignature, Checkpoint, NoSuchPosition, NotACheckpoint, UnknownSigner
from samtall.ledger.models import Posting
from samtall.ledger.notes import Signer
from samtall.ledger.operations import restate
from samtall.ledger.tests.test_verify import AT, FACT, tamper

# golang.org/x/mod/sumdb/note, note_test.go
PETER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
# c2sp.org/tlog-checkpoint, its example
EXAMPLE = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa \
Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.SIGNING_KEY = ""
    settings.ADDRESS = "https://samtall.example.no"


@pytest.fixture
def books(db: None) -> None:
    for number in (1, 2, 3):
        restate(f"activity:{number}", [FACT], by="user:1", at=AT)


@pytest.mark.usefixtures("books")
def test_a_checkpoint_is_three_lines_and_a_signature() -> None:
    note = checkpoints.sign(checkpoints.current())
    origin, position, hash_, blank, signature, end = note.split("\n")
    assert (origin, position, blank, end) == ("samtall.example.no", "3", "", "")
    assert base64.b64decode(hash_) == bytes(Posting.objects.get(position=3).hash)
    assert signature.startswith("— samtall.example.no ")


@pytest.mark.usefixtures("books")
def test_what_is_signed_with_it_is_read_back_and_cannot_be_changed() -> None:
    said = replace(checkpoints.current(), extensions=("publication midt-telemark/1 sha256:00ff",))
    note = checkpoints.sign(said)
    assert checkpoints.read(note) == said
    with pytest.raises(BadSignature):
        checkpoints.read(note.replace("00ff", "00fe"))


@pytest.mark.usefixtures("books")
def test_what_is_signed_is_read_back() -> None:
    now = checkpoints.current()
    note = checkpoints.sign(now)
    assert checkpoints.read(note) == now == checkpoints.at(3)
    assert checkpoints.read(note, checkpoints.verifier_key()) == now


@pytest.mark.django_db
def test_empty_books_have_a_checkpoint() -> None:
    note = checkpoints.sign(checkpoints.current())
    assert checkpoints.read(note) == Checkpoint("samtall.example.no", 0, bytes(32))
    assert checkpoints.compare(checkpoints.read(note)) == []


@pytest.mark.usefixtures("books")
def test_there_is_no_checkpoint_of_the_future() -> None:
    with pytest.raises(NoSuchPosition):
        checkpoints.at(4)


def test_a_known_key_signs_a_known_note(settings: Settings) -> None:
    """Deterministic (RFC 8032), so that whoever reads Go's notes reads ours."""
    settings.SIGNING_KEY = PETER
    note = checkpoints.sign(Checkpoint("PeterNeumann", 3, bytes(range(32))))
    assert note == ("PeterNeumann\n3\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n" + note.partition("\n\n")[2])
    assert checkpoints.read(note, "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").position == 3


def test_the_example_of_the_specification_is_found_and_asks_for_its_key() -> None:
    assert checkpoints.find(EXAMPLE) == [EXAMPLE]
    with (
        translation.override("en"),
        pytest.raises(UnknownSigner, match=r"signed by example\.com/behind-the-sofa\+033de0ae"),
    ):
        checkpoints.read(EXAMPLE)


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize(
    "around",
    [
        "Hei.\n\nHer er bøkene:\n\n{note}\nHilsen\n",
        "{note}\n-- \nSamtall\n",
        "\ufeff{note}",
        "Hei.\r\n\r\n{crlf}\r\n",
        "> Hei.\n>\n{quoted}",
    ],
)
def test_a_checkpoint_is_found_in_a_letter(around: str) -> None:
    note = checkpoints.sign(checkpoints.current())
    quoted = "".join(f"> {line}\n" for line in note.splitlines())
    letter = around.format(note=note, crlf=note.replace("\n", "\r\n"), quoted=quoted)
    assert checkpoints.read(letter) == checkpoints.current()


@pytest.mark.usefixtures("books")
def test_signatures_of_witnesses_beside_ours_do_no_harm() -> None:
    note = checkpoints.sign(checkpoints.current())
    theirs = Signer.new("witness.example").sign(checkpoints.current().text).partition("\n\n")[2]
    assert checkpoints.read(note + theirs) == checkpoints.current()


@pytest.mark.usefixtures("books")
def test_two_checkpoints_are_not_read_as_one() -> None:
    note = checkpoints.sign(checkpoints.current())
    with pytest.raises(NotACheckpoint):
        checkpoints.read(note + "\n" + note)


@pytest.mark.usefixtures("books")
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.data())
def test_a_checkpoint_with_one_character_changed_is_not_read(data: st.DataObject) -> None:
    note = checkpoints.sign(checkpoints.current())
    place = data.draw(st.integers(0, len(note) - 2))  # the last newline is not part of what is signed
    put = data.draw(st.characters(min_codepoint=33, max_codepoint=126).filter(lambda one: one != note[place]))
    with pytest.raises(Refusal):
        checkpoints.read(note[:place] + put + note[place + 1 :])


@pytest.mark.usefixtures("books")
def test_what_is_wrong_is_said_in_the_readers_language() -> None:
    note = checkpoints.sign(checkpoints.current())
    with translation.override("en"):
        with pytest.raises(NotACheckpoint, match="There is no checkpoint here"):
            checkpoints.read("Hei.")
        with pytest.raises(BadSignature, match="not as it was when it was signed by samtall"):
            checkpoints.read(note.replace("\n3\n", "\n2\n"))
        with pytest.raises(UnknownSigner, match="and not by other"):
            checkpoints.read(note, str(Signer.new("other").verifier))
        with pytest.raises(UnknownSigner, match="no verifier key"):
            checkpoints.read(note, "samtall.example.no")
    with translation.override("nn"), pytest.raises(NotACheckpoint, match="Det er ikkje noko kontrollpunkt her"):
        checkpoints.read("Hei.")


@pytest.mark.usefixtures("books")
def test_untouched_books_pass_through_their_checkpoints() -> None:
    kept = checkpoints.at(2)
    restate("activity:4", [FACT], by="user:1", at=AT)
    assert checkpoints.compare(kept) == []


@pytest.mark.usefixtures("books")
def test_rewritten_and_cut_books_do_not() -> None:
    kept = checkpoints.current()
    tamper("UPDATE ledger_posting SET hash = (SELECT hash FROM ledger_posting WHERE position = 2) WHERE position = 3")
    with translation.override("en"):
        assert checkpoints.compare(kept)[0].startswith("At position 3 the books have another hash")
        tamper("DELETE FROM ledger_entry WHERE position = 3", "DELETE FROM ledger_posting WHERE position = 3")
        assert checkpoints.compare(kept)[0].startswith("The checkpoint knows position 3")
        assert checkpoints.compare(Checkpoint("others.example", 1, bytes(32)))[0].startswith(
            "The checkpoint is of the books “others.example”"
        )


def test_the_key_is_made_once_and_for_its_owner_only(settings: Settings) -> None:
    key = checkpoints.verifier_key()
    kept = settings.DATA / "signing-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert (checkpoints.verifier_key(), [file.name for file in sorted(settings.DATA.iterdir())]) == (
        key,
        ["signing-key", "verifier-keys"],
    )


@pytest.mark.usefixtures("books")
def test_what_an_earlier_key_signed_is_still_read() -> None:
    old, note = checkpoints.verifier_key(), checkpoints.sign(checkpoints.current())
    signing.renew()
    assert [str(one) for one in signing.verifiers()] == [checkpoints.verifier_key(), old]
    assert checkpoints.verifier_key() != old
    assert checkpoints.read(note) == checkpoints.current()


def test_a_key_in_the_settings_goes_before_the_one_in_the_folder(settings: Settings) -> None:
    old = checkpoints.verifier_key()
    settings.SIGNING_KEY = PETER
    assert [str(one) for one in signing.verifiers()] == [str(Signer.read(PETER).verifier), old]
    with pytest.raises(ImproperlyConfigured):
        signing.renew()


def test_what_is_no_key_is_not_repeated_in_the_message(settings: Settings) -> None:
    settings.SIGNING_KEY = "secret"
    with pytest.raises(ImproperlyConfigured, match="SAMTALL_SIGNING_KEY") as refused:
        signing.signer()
    assert "secret" not in str(refused.value)


def run(*words: str) -> int:
    return main(["--language", "en", *words])


@pytest.mark.usefixtures("books")
def test_verify_tells_that_the_books_pass_through_what_was_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("checkpoint", "--to", str(tmp_path / "1")) == 0
    restate("activity:4", [FACT], by="user:1", at=AT)
    (tmp_path / "2").write_text(f"Hei.\n\n{checkpoints.sign(checkpoints.current())}\nHilsen oss\n")
    assert run("verify", "--checkpoint", str(tmp_path / "1"), str(tmp_path / "2")) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "It passes through the checkpoint at position 3.",
        "It passes through the checkpoint at position 4.",
    ]


@pytest.mark.usefixtures("books")
def test_verify_says_from_where_on_books_that_were_written_anew_are_uncertain(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for position in (1, 3):
        (tmp_path / str(position)).write_text(checkpoints.sign(checkpoints.at(position)))
    tamper(
        "DELETE FROM ledger_entry WHERE position > 1",
        "DELETE FROM ledger_posting WHERE position > 1",
        "UPDATE ledger_head SET position = 1, hash = (SELECT hash FROM ledger_posting WHERE position = 1)",
    )
    for number in (2, 3):
        restate(f"activity:{number}", [replace(FACT, organisation=9)], by="user:1", at=AT)
    assert run("verify") == 0
    assert run("verify", "--checkpoint", str(tmp_path / "1"), str(tmp_path / "3")) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "At position 3 the books have another hash than the checkpoint: what was there was rewritten.",
        "Postings up to 1 are as they were at a checkpoint. What comes from 2 on is uncertain.",
    ]


@pytest.mark.usefixtures("books")
def test_a_file_without_a_checkpoint_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Hei.")
    assert run("verify", "--checkpoint", str(tmp_path / "letter")) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'letter'}: There is no checkpoint here.")
    assert run("verify", "--checkpoint", str(tmp_path / "gone")) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'gone'} cannot be read")


@pytest.mark.usefixtures("books")
def test_a_checkpoint_is_printed_and_never_written_over(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert (run("checkpoint"), capsys.readouterr().out) == (0, checkpoints.sign(checkpoints.current()))
    (tmp_path / "kept").write_text("kept")
    assert run("checkpoint", "--to", str(tmp_path / "kept")) == 1
    assert (tmp_path / "kept").read_text() == "kept"


@pytest.mark.django_db
def test_a_new_key_is_made_by_a_command_that_prints_what_to_publish(capsys: pytest.CaptureFixture[str]) -> None:
    old = checkpoints.verifier_key()
    assert run("checkpoint", "--new-key") == 0
    assert capsys.readouterr().out == f"{checkpoints.verifier_key()}\n" != f"{old}\n"

"""Anybody can check the books with one file and one command: scripts/verify_books.py, which knows no Samtall."""

import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from samtall.config.command_line import main
from samtall.ledger import checkpoints
from samtall.ledger.notes import Signer
from samtall.ledger.operations import restate
from samtall.ledger.tests.test_verify import FACT

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "verify_books.py"
AT = datetime(2017, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Kept:
    """What somebody outside has: the books in two forms, the public key, and two letters."""

    closed: Path
    opened: Path
    key: str
    letters: list[str]


@pytest.fixture
def kept(db: None, settings: Settings, tmp_path: Path) -> Kept:
    settings.DATA, settings.SIGNING_KEY, settings.ADDRESS = tmp_path, "", "https://samtall.example.no"
    restate("activity:1", [FACT, replace(FACT, organisation=8)], by="user:1", at=AT)
    restate("activity:1", [FACT], by="user:1", at=AT, reason="Rettet: «Bø» ≠ “Bo”")
    first = tmp_path / "first.txt"
    first.write_text(checkpoints.sign(checkpoints.current()))
    restate("activity:2", [FACT], by="user:2", at=AT)
    second = tmp_path / "second.txt"
    second.write_text(f"Hei.\n\nHer er kontrollpunktet:\n\n{checkpoints.sign(checkpoints.current())}\nHilsen oss\n")
    closed, opened = tmp_path / "closed.jsonl", tmp_path / "open.jsonl"
    assert main(["books", "export", str(closed)]) == main(["books", "export", "--open", str(opened)]) == 0
    return Kept(closed, opened, checkpoints.verifier_key(), [str(first), str(second)])


def verified(books: Path, key: str, *letters: str) -> tuple[int, str]:
    """As an outsider runs it: isolated, from another folder."""
    words = [sys.executable, "-I", str(SCRIPT), str(books), key, *letters]
    done = subprocess.run(words, cwd="/", capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def accepted(books: Path, key: str, *letters: str) -> bool:
    """The same within this process, for the many."""
    with patch.object(sys, "argv", [str(SCRIPT), str(books), key, *letters]):
        try:
            runpy.run_path(str(SCRIPT))
        except SystemExit as end:
            return not end.code
    return True


def test_untouched_books_are_right(kept: Kept) -> None:
    right = (
        "Right: up to position 2 these are the books that samtall.example.no signed.\n"
        "Right: up to position 3 these are the books that samtall.example.no signed.\n"
        "Whole: 3 postings, each as it was written, in an unbroken chain.\n"
    )
    assert verified(kept.closed, kept.key, *kept.letters) == (0, right)
    assert verified(kept.opened, kept.key, *kept.letters) == (0, right)


def test_the_closed_file_tells_nothing_of_what_was_entered(kept: Kept) -> None:
    line = json.loads(kept.closed.read_text().splitlines()[0])
    assert list(line) == ["position", "at", "by", "source", "reason", "commitments", "hash"]
    assert "thesis" not in kept.closed.read_text()
    assert "thesis" in kept.opened.read_text()


def changed(kept: Kept, change: Callable[[list[str]], list[str]]) -> Path:
    kept.opened.write_text("".join(change(kept.opened.read_text().splitlines(keepends=True))))
    return kept.opened


def test_the_first_wrong_posting_is_named(kept: Kept) -> None:
    other = changed(kept, lambda lines: [lines[0], lines[1].replace("thesis", "course"), lines[2]])
    assert verified(other, kept.key, *kept.letters)[1].startswith("WRONG: posting 2: ")
    other = changed(kept, lambda lines: [lines[0], lines[2]])
    assert verified(other, kept.key, *kept.letters)[1].startswith("WRONG: posting 2: ")


def test_a_cut_end_is_found_by_the_checkpoint_alone(kept: Kept) -> None:
    cut = changed(kept, lambda lines: lines[:2])
    assert verified(cut, kept.key, kept.letters[0])[0] == 0
    assert (
        verified(cut, kept.key, *kept.letters)[1].splitlines()[1]
        == f"WRONG: {kept.letters[1]}: ValueError('of other books')"
    )


def test_what_was_published_is_held_against_the_checkpoint_that_names_it(kept: Kept, tmp_path: Path) -> None:
    publication, note = tmp_path / "publikasjon.json", tmp_path / "published.txt"
    publication.write_text('{"figures":[]}')
    line = f"publication aaret/1 sha256:{sha256(publication.read_bytes()).hexdigest()}"
    note.write_text(checkpoints.sign(replace(checkpoints.current(), extensions=(line,))))
    given = [str(publication), str(note)]
    assert verified(kept.closed, kept.key, *given)[1].splitlines()[:2] == [
        "Right: up to position 3 these are the books that samtall.example.no signed.",
        f"Right: {publication} is what samtall.example.no published.",
    ]
    publication.write_text('{"figures":[1]}')
    assert f"WRONG: {publication}: " in verified(kept.closed, kept.key, *given)[1]


def test_a_checkpoint_that_somebody_else_signed_is_none(kept: Kept, tmp_path: Path) -> None:
    text = checkpoints.current().text
    stranger = Signer.new("samtall.example.no")
    (tmp_path / "forged.txt").write_text(stranger.sign(text))
    assert "InvalidSignature" in verified(kept.closed, kept.key, str(tmp_path / "forged.txt"))[1]
    (tmp_path / "other.txt").write_text(Signer.new("other.example").sign(text))
    assert (
        "no checkpoint that samtall.example.no signed"
        in verified(kept.closed, kept.key, str(tmp_path / "other.txt"))[1]
    )
    (tmp_path / "cosigned.txt").write_text(
        Signer.new("witness.example").sign(text) + checkpoints.sign(checkpoints.current()).partition("\n\n")[2]
    )
    assert verified(kept.closed, kept.key, str(tmp_path / "cosigned.txt"))[0] == 0


def test_a_checkpoint_with_lines_that_others_add_is_one_too(kept: Kept, tmp_path: Path) -> None:
    extended = replace(checkpoints.current(), extensions=("publication 1", "sha256 00"))
    (tmp_path / "extended.txt").write_text(checkpoints.sign(extended))
    assert verified(kept.closed, kept.key, str(tmp_path / "extended.txt"))[0] == 0
    (tmp_path / "extended.txt").write_text(checkpoints.sign(extended).replace("sha256 00", "sha256 01"))
    assert "InvalidSignature" in verified(kept.closed, kept.key, str(tmp_path / "extended.txt"))[1]


@pytest.mark.parametrize("form", ["closed", "opened"])
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_a_single_changed_byte_anywhere_is_found(kept: Kept, tmp_path: Path, form: str, data: st.DataObject) -> None:
    books: bytes = getattr(kept, form).read_bytes()
    place = data.draw(st.integers(0, len(books) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != books[place]))
    touched = tmp_path / "touched.jsonl"
    touched.write_bytes(books[:place] + bytes([other]) + books[place + 1 :])
    assert not accepted(touched, kept.key, *kept.letters)
    assert accepted(getattr(kept, form), kept.key, *kept.letters)


def test_the_script_stays_readable() -> None:
    assert len(SCRIPT.read_text().splitlines()) <= 60

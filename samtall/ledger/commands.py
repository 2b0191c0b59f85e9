"""`samtall verify`, `samtall checkpoint`, `samtall books export`."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.ledger import checkpoints, signing
from samtall.ledger.checkpoints import Checkpoint
from samtall.ledger.exporting import lines
from samtall.ledger.verify import verify


class CannotUse(Refusal):
    """A file that was named cannot be read, or is there already."""


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("verify", help="recompute every hash in the ledger and report what was changed")
    parser.add_argument(
        "--checkpoint",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="signed checkpoints, or letters and publications with one in them, that the ledger must pass through",
    )
    parser.add_argument(
        "--key", help="the verifier key that they are signed with; otherwise any that this installation has had"
    )
    parser.set_defaults(run=_verify)

    checkpoint = commands.add_parser("checkpoint", help="print a signed checkpoint: where the ledger stands now")
    checkpoint.add_argument("--to", type=Path, metavar="FILE", help="write it to a file that does not exist yet")
    checkpoint.add_argument(
        "--new-key", action="store_true", help="make a new signing key, and print the verifier key to publish"
    )
    checkpoint.set_defaults(run=_checkpoint)

    books = commands.add_parser("books", help="the ledger as a file that others check without Samtall")
    chosen = books.add_subparsers(title="commands", metavar="COMMAND", required=True)
    export = chosen.add_parser("export", help="write every posting's header, commitments and hash to a file")
    export.add_argument("file", type=Path, help="a file that does not exist yet")
    export.add_argument(
        "--open",
        action="store_true",
        help="with what was entered, so that it can be checked too; people are random keys, and still personal data",
    )
    export.set_defaults(run=_export)


def _verify(options: argparse.Namespace) -> int:
    kept = [one for path in options.checkpoint for one in _checkpoints_in(path, options.key)]
    showing = sys.stderr.isatty()
    verdict = verify(progress=_show_progress if showing else None, checkpoints=kept)
    if showing:
        sys.stderr.write("\r")
    for fault in verdict.faults:
        print(fault)
    if verdict.sound:
        print(
            _("The ledger is sound: %(postings)s postings, %(entries)s entries, last hash %(hash)s.")
            % {"postings": verdict.postings, "entries": verdict.entries, "hash": verdict.head.hex()[:16]}
        )
        for one in kept:
            print(_("It passes through the checkpoint at position %(position)s.") % {"position": one.position})
    others = [import_string(name)() for name in settings.VERIFIED_WITH_THE_LEDGER]
    return 0 if verdict.sound and not any(others) else 1


def _checkpoints_in(path: Path, key: str | None) -> list[Checkpoint]:
    """Every checkpoint in a file; a refusal says which file it is about."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotUse(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error}) from error
    try:
        return [checkpoints.read(note, key) for note in checkpoints.find(text) or [text]]
    except Refusal as refusal:
        raise type(refusal)(f"{path}: {refusal}") from refusal


def _show_progress(postings: int) -> None:
    sys.stderr.write("\r" + _("%(postings)s postings read") % {"postings": postings})
    sys.stderr.flush()


def _checkpoint(options: argparse.Namespace) -> int:
    if options.new_key:
        print(signing.renew().verifier)
        return 0
    note = checkpoints.sign(checkpoints.current())
    if options.to is None:
        print(note, end="")
        return 0
    with _new(options.to) as file:
        file.write(note)
    return 0


def _export(options: argparse.Namespace) -> int:
    with _new(options.file) as file:
        file.writelines(lines(opened=options.open))
    return 0


@contextmanager
def _new(path: Path) -> Iterator[TextIO]:
    """A file that does not exist yet."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            yield file
    except FileExistsError as error:
        raise CannotUse(_("%(file)s exists already. Choose another name.") % {"file": path}) from error

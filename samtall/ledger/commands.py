"""`samtall verify`, `samtall checkpoint`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.ledger import checkpoints, signing
from samtall.ledger.checkpoints import Checkpoint
from samtall.ledger.verify import verify


class CannotRead(Refusal):
    """A file that was named cannot be read."""


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
        raise CannotRead(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error}) from error
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
    try:
        with options.to.open("x", encoding="utf-8", newline="\n") as file:
            file.write(note)
    except FileExistsError as error:
        raise CannotRead(_("%(file)s exists already. Choose another name.") % {"file": options.to}) from error
    return 0

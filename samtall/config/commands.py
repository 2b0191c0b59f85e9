"""`samtall backup`, `samtall restore` and `samtall move`: whole installations, copied."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samtall.ledger.verify import Verdict


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    backup = commands.add_parser(
        "backup", help="write a copy of the database to a file while Samtall runs, and verify it"
    )
    backup.add_argument("file", type=Path, help="a file that does not exist yet")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser(
        "restore",
        help="put a copy in the place of a database that holds nothing, erase again who was erased, and verify",
    )
    restore.add_argument("file", type=Path, help="what `samtall backup` wrote; the files of documents lie beside it")
    restore.set_defaults(run=_restore)

    move = commands.add_parser("move", help="copy everything to an empty database: from SQLite to PostgreSQL, or back")
    move.add_argument("--to", required=True, metavar="URL", help="as in DATABASE_URL: postgres://… or sqlite:///FILE")
    move.set_defaults(run=_move)


def _backup(options: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from samtall.config.backup import back_up

    copied = back_up(options.file)
    print(_("The copy is written: %(file)s") % {"file": copied.path})
    if not copied.proven:
        print(_("To prove it, restore it to an empty database and run `samtall verify` there."))
    elif not copied.faults:
        print(_("The ledger in the copy is sound."))
    for fault in copied.faults:
        print(fault, file=sys.stderr)
    return 1 if copied.faults else 0


def _restore(options: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from samtall.base.clock import now
    from samtall.config.restoring import restore
    from samtall.ui.writing import moment

    restored = restore(options.file)
    print(_("The copy is restored: %(file)s") % {"file": options.file})
    print(
        _("It was made %(moment)s, %(days)s days ago. What was written after that is not in it.")
        % {"moment": moment(restored.made), "days": (now() - restored.made).days}
    )
    if restored.last_posting is not None:
        print(_("The last posting in it is from %(moment)s.") % {"moment": moment(restored.last_posting)})
    _tell_of_ledger(restored.ledger)
    if restored.listed:
        print(
            _("Erased again: %(number)s of %(all)s in the list of erasures.")
            % {"number": restored.erased, "all": restored.listed}
        )
    else:
        print(_("There is no list of erasures here: whoever was erased after the copy was made is back."))
    return _tell_of_documents(restored.documents)


def _move(options: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from samtall.config.moving import move

    moved = move(options.to, tell=_show_rows if sys.stderr.isatty() else None)
    for name, table in moved.tables.items():
        if table.rows:
            print(f"{name:<40} {table.rows:>10}  {table.digest[:16]}")
    _tell_of_ledger(moved.ledger)
    print(
        _("Everything is moved, and the same in both. Set DATABASE_URL to the new database, and start Samtall again.")
    )
    return _tell_of_documents(moved.documents)


def _show_rows(table: str, rows: int) -> None:
    sys.stderr.write(f"\r\x1b[K{table}: {rows}\r")
    sys.stderr.flush()


def _tell_of_ledger(verdict: "Verdict") -> None:
    from django.utils.translation import gettext as _

    print(
        _("The ledger is sound: %(postings)s postings, %(entries)s entries, last hash %(hash)s.")
        % {"postings": verdict.postings, "entries": verdict.entries, "hash": verdict.head.hex()[:16]}
    )


def _tell_of_documents(faults: list[str]) -> int:
    """Files that are lost or altered; the exit code."""
    for fault in faults:
        print(f"documents/{fault}", file=sys.stderr)
    return 1 if faults else 0

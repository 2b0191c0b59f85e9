"""The command `samtall`: each room's commands under one roof.

A room's `commands.py` has `add_commands(commands)`, which adds its parsers and gives each `set_defaults(run=function)`;
the function takes the options read and returns an exit code, or None for success.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

LANGUAGES = ("nb", "nn", "en")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what the rules refuse becomes one line on stderr and exit code 1."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtall.config.settings")
    try:
        return _run(words)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, such as `head`, had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(words: list[str]) -> int:
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError
    from django.utils import translation
    from django.utils.translation import gettext as _
    from environs import EnvError

    from samtall.base.errors import Refusal

    try:
        django.setup()
        options = parser().parse_args(words)
        with translation.override(options.language):
            try:
                return int(options.run(options) or 0)
            except DatabaseError:
                from samtall.config.upkeep import unapplied_migrations

                if not unapplied_migrations():
                    raise
                return refuse(_("The database is not up to date. Run: samtall migrate"))
    except (Refusal, ImproperlyConfigured, EnvError) as error:
        return refuse(str(error))


def refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def parser() -> argparse.ArgumentParser:
    """The parser of every command; Django must be set up."""
    from samtall.accounts import commands as accounts
    from samtall.activities import commands as activities
    from samtall.config import commands as copies
    from samtall.config.prove import commands as prove
    from samtall.demonstration import commands as demonstration
    from samtall.documents import commands as documents
    from samtall.figures import commands as figures
    from samtall.imports import commands as imports
    from samtall.inquiries import commands as inquiries
    from samtall.knowledge import commands as knowledge
    from samtall.ledger import commands as ledger
    from samtall.mail import commands as mail
    from samtall.organisations import commands as organisations
    from samtall.parties import commands as parties
    from samtall.places import commands as places
    from samtall.privacy import commands as privacy
    from samtall.programmes import commands as programmes
    from samtall.publications import commands as publications

    top = argparse.ArgumentParser(prog="samtall", description="The books of a region's collaboration.")
    top.add_argument(
        "--language",
        choices=LANGUAGES,
        default=language_of(os.environ),
        help="of what is printed; otherwise as the environment says (LANG), or bokmål",
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_commands(commands)
    rooms = (
        copies, demonstration, publications, programmes, figures, imports, inquiries, organisations, activities,
        knowledge, ledger, documents, mail, accounts, parties, places, privacy, prove,
    )  # fmt: skip
    for room in rooms:
        room.add_commands(commands)
    return top


def language_of(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, if it is one of ours; else bokmål."""
    asked = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return asked[:2] if asked[:2] in LANGUAGES else "nb"


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    serve = commands.add_parser("run", help="bring everything up to date and serve it")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: %(default)s)")
    serve.add_argument("--port", type=port_number, default=8000, help="(default: %(default)s)")
    serve.add_argument(
        "--as-is", action="store_true", help="leave the database alone; refuse to serve one that is not up to date"
    )
    serve.set_defaults(run=_serve)

    work = commands.add_parser(
        "work", help="do what waits in the background until stopped; `samtall run` does it by itself"
    )
    work.add_argument("--beside", type=int, metavar="PID", help="stop when the process that started this is gone")
    work.set_defaults(run=_work)

    migrate = commands.add_parser("migrate", help="make or update the database, with the ledger's guards")
    migrate.set_defaults(run=_migrate)

    check = commands.add_parser("check", help="tell whether settings, database and the ledger's guards are in order")
    check.set_defaults(run=_check)

    manage = commands.add_parser("manage", help="run one of Django's own commands", add_help=False)
    manage.add_argument("words", nargs=argparse.REMAINDER)
    manage.set_defaults(run=_manage)


def port_number(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 1 to 65535")


def _serve(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.utils.translation import gettext as _

    from samtall.config import server
    from samtall.config.upkeep import unapplied_migrations

    server.refuse_if_taken(options.host, options.port)
    if options.as_is and unapplied_migrations():
        return refuse(_("The database is not up to date. Run: samtall migrate"))
    server.prepare(as_is=options.as_is)
    if settings.DEMONSTRATION:
        demonstrate = parser().parse_args(["demo"])
        demonstrate.run(demonstrate)
    server.serve(options.host, options.port)
    return 0


def _work(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.utils.translation import gettext as _

    from samtall.config import worker
    from samtall.config.upkeep import unapplied_migrations

    if unapplied_migrations():
        return refuse(_("The database is not up to date. Run: samtall migrate"))
    worker.run(settings.JOBS, parent=options.beside)
    return 0


def _migrate(_options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from samtall.config.upkeep import bring_up_to_date

    bring_up_to_date()
    print(_("The database is up to date."))


def _check(_options: argparse.Namespace) -> int:
    from django.core.management import call_command
    from django.utils.translation import gettext as _

    from samtall.base import heartbeat
    from samtall.base.clock import now
    from samtall.config.upkeep import unapplied_migrations
    from samtall.ledger import guards

    call_command("check", databases=["default"])
    if unapplied_migrations():
        return refuse(_("The database is not up to date. Run: samtall migrate"))
    guards.check()
    if not heartbeat.worker_runs(at=now()):
        print(_("No worker runs, so what is done in the background waits. `samtall run` and `samtall work` start one."))
    print(_("Settings, database and the ledger's guards are in order."))
    return 0


def _manage(options: argparse.Namespace) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["samtall manage", *options.words])

"""`samtall restate`."""

import argparse
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from samtall.activities.models import Activity
from samtall.activities.statements import statements_of
from samtall.base import clock
from samtall.ledger import queries as ledger
from samtall.ledger.operations import restate_many

AT_ONCE = 100


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser(
        "restate", help="say again what every activity stands for, after the register has told more about organisations"
    )
    parser.add_argument("--dry-run", action="store_true", help="only tell how many would change")
    parser.set_defaults(run=_restate)


def _restate(options: argparse.Namespace) -> None:
    changed = total = 0
    for activities in _in_batches():
        statements = statements_of(activities)
        total += len(statements)
        if options.dry_run:
            changed += sum(not ledger.says(statement.source, statement.facts) for statement in statements)
        else:
            changed += len(restate_many(statements, by="system:restate", at=clock.now(), reason="register"))
    if options.dry_run:
        said = _("%(changed)s of %(total)s activities would change.")
    else:
        said = _("%(changed)s of %(total)s activities changed.")
    print(said % {"changed": changed, "total": total})


def _in_batches() -> Iterator[list[Activity]]:
    activities = Activity.objects.order_by("pk").iterator(AT_ONCE)
    while batch := list(islice(activities, AT_ONCE)):
        yield batch

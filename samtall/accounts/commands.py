"""`samtall admin`: the first administrator, who invites the others."""

import argparse
from typing import Any


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    admin = commands.add_parser("admin", help="the users who give others access").add_subparsers(required=True)
    create = admin.add_parser("create", help="make an administrator, who signs in with codes sent by e-mail")
    create.add_argument("email")
    create.add_argument("--name", default="", help="(default: the address)")
    create.set_defaults(run=_create)


def _create(options: argparse.Namespace) -> None:
    from django.db import transaction
    from django.utils.translation import gettext as _

    from samtall.accounts import operations
    from samtall.base import clock
    from samtall.base.reading import read_email, read_text

    email = read_email(options.email)
    with transaction.atomic():
        user = operations.create_user(email, read_text(options.name or email, most=200), at=clock.now())
        operations.grant_role(user, "administrator", by=None, at=clock.now())
    print(_("%(email)s is now an administrator, and signs in with a code sent by e-mail.") % {"email": user.email})

"""Bringing a database up to date: tables, guards, and the facts that every installation begins with."""

from django.core.management import call_command

from samtall.base import clock
from samtall.figures.operations import ensure_catalogue
from samtall.ledger import guards
from samtall.places.operations import ensure_builtin


def bring_up_to_date() -> None:
    """Does nothing when everything is in place."""
    call_command("migrate", interactive=False, verbosity=0)
    guards.check()
    ensure_builtin(at=clock.now())
    ensure_catalogue(by="system:migrate", at=clock.now())

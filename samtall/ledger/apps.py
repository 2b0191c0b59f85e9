from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "samtall.ledger"

    def ready(self) -> None:
        post_migrate.connect(_install_guards, sender=self)


def _install_guards(**_: Any) -> None:
    """A migration may have rebuilt a table and lost its triggers (SQLite), so they are put back after each."""
    from samtall.ledger import guards

    guards.install()
    guards.check()

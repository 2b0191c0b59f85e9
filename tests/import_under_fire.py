"""A program that brings in a spreadsheet, printing how many rows it has reached after each step, to be killed.

python -m tests.import_under_fire FILE
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtall.config.settings")
    import django

    django.setup()
    from samtall.accounts.models import User
    from samtall.imports import operations
    from samtall.imports.models import Import

    at = datetime(2018, 3, 1, tzinfo=UTC)
    by, _new = User.objects.get_or_create(
        email="importer@samtall.example", defaults={"name": "Importer", "joined_at": at}
    )
    running = Import.objects.filter(state=Import.State.RUNNING).first()
    if running is None:
        path = Path(sys.argv[1])
        running = operations.upload(path.read_bytes(), file_name=path.name, by=by, at=at)
        operations.start(running, by=by, at=at)

    def tell(import_: Import) -> None:
        sys.stdout.write(f"{import_.rows_reached}\n")
        sys.stdout.flush()

    tell(running)
    operations.run_to_end(running, by=by, now=lambda: at, progress=tell)


if __name__ == "__main__":
    main()

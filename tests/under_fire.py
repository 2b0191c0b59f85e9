"""A program that writes in the ledger of the database it is given, to be run many at a time, and killed.

python -m tests.under_fire WRITER COUNT        post COUNT statements, printing each position when it is committed
"""

import os
import sys
from datetime import UTC, date, datetime


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtall.config.settings")
    import django

    django.setup()
    from samtall.ledger.facts import Fact, Standing
    from samtall.ledger.operations import restate

    writer, count = int(sys.argv[1]), int(sys.argv[2])
    fact = Fact(
        kind="thesis",
        family="student",
        role="host",
        organisation=writer,
        starts=date(2017, 1, 10),
        ends=None,
        standing=Standing.VALIDATED,
    )
    for number in range(count):
        posting = restate(f"activity:{writer}-{number}", [fact, fact, fact], by=f"user:{writer}", at=datetime.now(UTC))
        sys.stdout.write(f"{posting.position if posting else 0}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

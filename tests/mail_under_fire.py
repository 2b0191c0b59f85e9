"""A program that writes letters or sends them, on the database it is given, to be run many at a time, and killed.

python -m tests.mail_under_fire write NUMBER    write letters; each second one is rolled back with what it tells of
python -m tests.mail_under_fire send SECONDS    send what is due, as of SECONDS after the start
"""

import os
import sys
from datetime import UTC, datetime, timedelta

AT = datetime(2017, 3, 1, 9, tzinfo=UTC)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtall.config.settings")
    import django

    django.setup()
    {"write": write, "send": send}[sys.argv[1]](int(sys.argv[2]))


def write(writer: int) -> None:
    """Prints the subject's number of each letter that is committed."""
    from django.db import transaction

    from samtall.mail import operations
    from samtall.parties.operations import add_unidentified

    for number in range(100_000):
        name = f"{writer}-{number}"
        with transaction.atomic():
            add_unidentified(name, at=AT)
            operations.write(
                to=f"kari{number % 7}@bakeri.example",
                language="nb",
                template="mail/letters/trial.txt",
                context={},
                purpose="trial",
                about=f"thing:{name}",
                by="system:test",
                at=AT,
            )
            transaction.set_rollback(number % 2 == 1)
        if number % 2 == 0:
            sys.stdout.write(f"{name}\n")
            sys.stdout.flush()


def send(seconds: int) -> None:
    from samtall.mail import work

    at = AT + timedelta(seconds=seconds)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    while work.deliver(at):
        pass


if __name__ == "__main__":
    main()

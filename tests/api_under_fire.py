"""Calls a served API in ways that a test client cannot, on the database it is given, and prints what came of it.

python -m tests.api_under_fire
"""

import json
import os
import socket
import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samtall.config.prove.served import Sent

WRITERS, CALLS_LEFT = 40, 25


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtall.config.settings")
    import django

    django.setup()
    from samtall.accounts.models import Allowance
    from samtall.activities.models import Activity
    from samtall.api.callers import CALLS_AN_HOUR
    from samtall.api.operations import make_key
    from samtall.base import clock
    from samtall.config.prove.people import make_cast
    from samtall.config.prove.served import Sent, served

    user, last_day = make_cast().users["coordinator"], clock.today() + timedelta(days=30)
    _key, secret = make_key("fire", scopes=["activities.record"], last_day=last_day, by=user, at=clock.now())
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {secret}"}

    def course(title: str) -> Sent:
        said = {"kind": "course", "title": title, "from_day": "2017-01-10", "details": {"hours": 8}}
        return Sent("POST", "/api/v1/activities", json.dumps(said).encode(), headers)

    with served() as server:
        cut = _sent_in_part(server.port, course("cut"))
        Allowance.objects.update(used=CALLS_AN_HOUR - CALLS_LEFT)
        answers: list[tuple[int, str]] = []
        together = threading.Barrier(WRITERS)

        def write(title: str) -> None:
            together.wait()
            status, _headers, body = server.send(course(title))
            told = json.loads(body)
            answers.append((status, told["title"] if status == 201 else told["code"]))

        threads = [threading.Thread(target=write, args=(f"course {number}",)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    kept = sorted(Activity.objects.values_list("title", flat=True))
    json.dump({"cut": cut, "answers": sorted(answers), "kept": kept}, sys.stdout)


def _sent_in_part(port: int, sent: "Sent") -> str:
    """Tell of a longer body than is sent, and wait for the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        lines = [f"{sent.method} {sent.path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in sent.headers.items()]
        lines += [f"Content-Length: {len(sent.body) + 100}", "", ""]
        wire.sendall("\r\n".join(lines).encode() + sent.body)
        wire.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
    head, _empty, body = answer.partition("\r\n\r\n")
    return f"{head.split()[1]} {json.loads(body)['code']}"


if __name__ == "__main__":
    main()

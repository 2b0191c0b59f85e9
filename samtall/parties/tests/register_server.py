"""A register over HTTP on loopback: it plays bulk files, units and a feed as the real one shapes them, and mishaps."""

import gzip
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Unit = dict[str, Any]
#: Answers a request otherwise than usual; whether it did.
Mishap = Callable[["Handler"], bool]

IN_FEED = {"enheter": "oppdaterteEnheter", "underenheter": "oppdaterteUnderenheter"}


@dataclass
class RegisterServer:
    """What the register holds, and the mishaps that await the next requests, one each."""

    units: dict[str, dict[str, Unit]] = field(default_factory=lambda: {"enheter": {}, "underenheter": {}})
    removed: set[str] = field(default_factory=set)
    feed: dict[str, list[Unit]] = field(default_factory=lambda: {"enheter": [], "underenheter": []})
    made_on: str = "2026-11-02"
    bulk: bytes | None = None
    mishaps: list[Mishap] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def file(self, kind: str) -> bytes:
        if self.bulk is not None:
            return self.bulk
        open_units = [unit for unit in self.units[kind].values() if "slettedato" not in unit]
        return gzip.compress(json.dumps(open_units).encode(), mtime=0)

    def happens(self, kind: str, number: str, what: str, on: str = "2026-11-05T04:00:00.000Z") -> None:
        """A line of the feed."""
        position = 100 + sum(len(lines) for lines in self.feed.values())
        self.feed[kind].append(
            {"oppdateringsid": position, "dato": on, "organisasjonsnummer": number, "endringstype": what}
        )

    def serve(self) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("HandlerOfThis", (Handler,), {"register": self}))
        self.url = f"http://127.0.0.1:{server.server_port}/api"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return server


class Handler(BaseHTTPRequestHandler):
    register: RegisterServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.register.asked.append(self.path)
        if self.register.mishaps and self.register.mishaps.pop(0)(self):
            return
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        *_api, first, second = ["", *address.path.removeprefix("/api").strip("/").split("/")][-2:]
        if second == "lastned":
            self.send_file(first)
        elif first == "oppdateringer":
            self.send_feed(second, asked)
        elif first:
            self.send_unit(first, second)
        else:
            wanted = asked["organisasjonsnummer"].split(",")
            found = [self.register.units[second].get(number) for number in wanted]
            self.send_list(second, [unit for unit in found if unit and "slettedato" not in unit])

    def send_unit(self, kind: str, number: str) -> None:
        if number in self.register.removed:
            self.send(410, b"")
        elif number in self.register.units[kind]:
            self.send(200, json.dumps(self.register.units[kind][number]).encode())
        else:
            self.send(404, b"")

    def send_feed(self, kind: str, asked: dict[str, str]) -> None:
        first, since = int(asked.get("oppdateringsid", 0)), asked.get("dato", "")
        lines = [line for line in self.register.feed[kind] if line["oppdateringsid"] >= first and line["dato"] >= since]
        self.send_list(IN_FEED[kind], lines[: int(asked["size"])])

    def send_list(self, name: str, items: list[Unit]) -> None:
        page = {"size": 20, "totalElements": len(items), "totalPages": 1, "number": 0}
        self.send(200, json.dumps({"_embedded": {name: items}, "page": page} if items else {"page": page}).encode())

    def send_file(self, kind: str, *, cut_at: int | None = None) -> None:
        whole = self.register.file(kind)
        tag = f'"{hash(whole)}"'
        span = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(span[1]) if span and self.headers.get("If-Range") == tag else 0
        if start and start >= len(whole):
            self.send(416, b"")
            return
        body = whole[start:]
        self.send_response(206 if start else 200)
        self.send_header("ETag", tag)
        name = f"{kind}_{self.register.made_on}T04-10.json.gz"
        self.send_header("Content-Disposition", f'attachment; filename="{name}"')
        self.send_header("Content-Length", str(len(body)))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(whole) - 1}/{len(whole)}")
        self.end_headers()
        self.wfile.write(body[:cut_at])
        if cut_at is not None:
            self.close_connection = True

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def status(code: int, **headers: str) -> Mishap:
    """An answer of this status."""

    def answer(handler: Handler) -> bool:
        handler.send(code, b"", **headers)
        return True

    return answer


def cut(at: int) -> Mishap:
    """A bulk file that breaks off after so many bytes."""

    def answer(handler: Handler) -> bool:
        handler.send_file(urlsplit(handler.path).path.split("/")[-2], cut_at=at)
        return True

    return answer


def hang_up(handler: Handler) -> bool:
    """No answer at all."""
    handler.close_connection = True
    return True


def too_slow(handler: Handler) -> bool:
    """An answer after the client has given up."""
    threading.Event().wait(1.0)
    handler.close_connection = True
    return True


def nonsense(handler: Handler) -> bool:
    handler.send(200, b"<html>Vedlikehold</html>")
    return True


def usual(_handler: Handler) -> bool:
    return False

"""Asks a virus scanner: clamd, over TCP or a socket, by its INSTREAM command."""

import socket
import struct

from django.conf import settings

SECONDS = 30
PIECE = 64 * 1024


class ScannerDown(Exception):
    """It did not answer, or not in a way that says whether the file is clean."""


def is_set_up() -> bool:
    return bool(settings.CLAMD)


def scan(content: bytes) -> str:
    """The name of what was found; empty when the file is clean. Raises ScannerDown."""
    try:
        with _connect() as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                connection.sendall(struct.pack("!L", len(piece)) + piece)
            connection.sendall(struct.pack("!L", 0))
            answer = b""
            while not answer.endswith(b"\0") and (more := connection.recv(4_096)):
                answer += more
    except (OSError, ValueError) as error:
        raise ScannerDown(str(error)) from error
    words = answer.rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")[:100]
    raise ScannerDown(words or "no answer")


def _connect() -> socket.socket:
    """To host:port, or to the path of a socket."""
    if settings.CLAMD.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        connection.connect(settings.CLAMD)
        return connection
    host, _colon, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)

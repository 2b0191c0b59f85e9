"""Asking the register over HTTP: patiently, as often as it allows, and in clear words when it does not answer."""

import time
from collections.abc import Callable
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from typing import Any, TypeVar

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal

#: How many times one question is asked; the pauses between are 1, 2, 4, 8 and 16 seconds, or what the register says.
TRIES = 6
LONGEST_PAUSE_SECONDS = 120.0
#: Without a byte for so long, an answer counts as lost.
TIMEOUT_SECONDS = 30.0

Given = TypeVar("Given")


class RegisterNotReached(Refusal):
    """The register did not answer, or not as it promises. What had come before is kept."""


class Passing(Exception):
    """Something that may be otherwise in a moment; `wait` seconds at least."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.wait = wait


class Connection:
    """A connection to the register, closed by `with`. Its methods raise RegisterNotReached."""

    def __init__(
        self,
        *,
        tries: int = TRIES,
        timeout: float = TIMEOUT_SECONDS,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.http = httpx.Client(
            base_url=settings.REGISTER_URL,
            timeout=timeout,
            follow_redirects=True,
            headers={"User-Agent": "samtall"},
        )
        self._tries = tries
        self._wait = wait

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def get(self, path: str, parameters: dict[str, Any]) -> httpx.Response:
        """The answer to a question, of status 200, 404 or 410."""

        def attempt() -> httpx.Response:
            answer = self.http.get(path, params=parameters, headers={"Accept": "application/json"})
            check(answer)
            return answer

        return self.patiently(attempt)

    def patiently(self, attempt: Callable[[], Given]) -> Given:
        """What an attempt gives, tried again after what may pass."""
        for tried in range(self._tries):
            try:
                return _with_reasons(attempt)
            except Passing as passing:
                if tried == self._tries - 1 or passing.wait > LONGEST_PAUSE_SECONDS:
                    raise _given_up(passing) from passing
                self._wait(max(2.0**tried, passing.wait))
        raise AssertionError  # the last attempt gives or raises


def _with_reasons(attempt: Callable[[], Given]) -> Given:
    try:
        return attempt()
    except httpx.TimeoutException as error:
        raise Passing(_("it did not answer in time")) from error
    except httpx.TransportError as error:
        raise Passing(_("the connection was refused or broken")) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise not_as_promised() from error


def check(answer: httpx.Response) -> None:
    """Raise for an answer that tells nothing of what was asked."""
    status = answer.status_code
    if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS) or status >= 500:
        raise Passing(_("it answered %(status)s") % {"status": status}, _retry_after(answer))
    if status not in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        expect_success(answer)


def expect_success(answer: httpx.Response) -> None:
    if not answer.is_success:
        raise RegisterNotReached(
            _("The business register answered %(status)s to %(address)s. Look at SAMTALL_REGISTER_URL.")
            % {"status": answer.status_code, "address": answer.url.copy_with(query=None)}
        )


def not_as_promised() -> RegisterNotReached:
    return RegisterNotReached(
        _("The business register answered something that cannot be read. Nothing of it was kept; try again later.")
    )


def _given_up(passing: Passing) -> RegisterNotReached:
    if passing.wait > LONGEST_PAUSE_SECONDS:
        return RegisterNotReached(
            _("The business register asks us to come back in %(minutes)s minutes. What had come is kept.")
            % {"minutes": round(passing.wait / 60)}
        )
    return RegisterNotReached(
        _("The business register cannot be reached: %(why)s. What had come is kept; run the command again to go on.")
        % {"why": passing}
    )


def _retry_after(answer: httpx.Response) -> float:
    """The seconds that Retry-After asks for, as a number or as a time; 0 without it."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    with suppress(ValueError):
        until, now = (parsedate_to_datetime(time) for time in (said, answer.headers.get("Date", "")))
        return max((until - now).total_seconds(), 0.0)
    return 0.0

"""Ctrl-C and SIGTERM as a wish that is granted at the next safe point; a second one means hurry."""

import signal


class StopRequested(Exception):
    """The person or the system asked the run to end."""


class Stopping:
    """Counts the requests to stop. Nothing is interrupted half-way: whoever waits asks `raise_if_requested`."""

    def __init__(self) -> None:
        self.requests = 0

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._request)

    def in_hurry(self) -> bool:
        return self.requests > 1

    def raise_if_requested(self) -> None:
        if self.requests:
            raise StopRequested

    def _request(self, number: int, frame: object) -> None:
        self.requests += 1

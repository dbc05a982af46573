"""People who take tests in a browser, as far as the server can tell: `python -m benchmarks.load_generator`.

Reads a plan as JSON from standard input and writes what happened to standard output. One thread, only the standard
library, so that the processor time that it takes itself is small and is reported. Everybody thinks for a seeded time
(gamma, shape 4), sends the answer, follows to the next question, and waits for it. An answer counts as acknowledged
when the server has redirected. What fails is sent again after a moment, as a browser's person would, and counted.
"""

import asyncio
import json
import random
import re
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from benchmarks.line import Answer, Line

PAUSE: Final = 0.25
TIMEOUT: Final = 20.0
POSITION: Final = re.compile(rb'name="position" value="(\d+)"')
CHOICE: Final = re.compile(rb'type="radio" name="answer" value="(\d+)"')
RESULT: Final = "/result/"


@dataclass
class Happened:
    """`latencies`: seconds from sending an answer to having the next page. `acknowledged`: session, position and value sent of
    each answer that the server took. `failures`: moments (since the start) and kinds of what went wrong."""

    latencies: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    acknowledged: list[tuple[int, int, int]] = field(default_factory=list)
    unsure: list[tuple[int, int, int]] = field(default_factory=list)
    failures: list[tuple[float, str]] = field(default_factory=list)
    finished: int = 0
    cpu_seconds: float = 0.0
    seconds: float = 0.0


class Failed(Exception):
    """No answer, or one that nobody should get."""


class Taker:
    """One person. `cookies` sign them in; `banks` are taken one after another."""

    def __init__(
        self, plan: dict[str, Any], person: dict[str, Any], happened: Happened, began: float
    ) -> None:
        self.line = Line(plan["host"], plan["port"], person["cookies"], person["token"])
        self.think = plan["think"]
        self.ramp = plan["ramp"]
        self.ends = began + self.ramp + plan["seconds"]
        self.began, self.happened = began, happened
        self.banks: list[str] = list(person["banks"])
        self.stream = random.Random(person["seed"])

    async def run(self) -> None:
        """Begin some time during the ramp; until the time is over or every bank is done."""
        await asyncio.sleep(self.stream.uniform(0, self.ramp))
        while self.banks and time.monotonic() < self.ends:
            await self._take(self.banks.pop(0))

    async def _take(self, bank: str) -> None:
        start = time.monotonic()
        address, page = await self._follow(bank, {})
        self.happened.starts.append(time.monotonic() - start)
        while not address.endswith(RESULT):
            await asyncio.sleep(self.stream.gammavariate(4, self.think / 4))
            if time.monotonic() >= self.ends:
                return
            position, value = int(POSITION.search(page)[1]), self.stream.choice(CHOICE.findall(page))  # type: ignore[index]
            answer = (int(address.rstrip("/").rsplit("/", 1)[-1]), position, int(value))
            self.happened.unsure.append(answer)
            start = time.monotonic()
            address, page = await self._follow(address, {"position": position, "answer": int(value)}, answer)
            self.happened.latencies.append(time.monotonic() - start)
        self.happened.finished += 1

    async def _follow(
        self, address: str, sent: dict[str, object], answer: tuple[int, int, int] | None = None
    ) -> tuple[str, bytes]:
        """Send, and be where the redirect leads."""
        status, headers, _ = await self._insist("POST", address, sent)
        if status != 302:
            raise Failed(f"{status} for an answer at {address}")
        if answer:
            self.happened.unsure.remove(answer)
            self.happened.acknowledged.append(answer)
        there = headers["location"]
        status, _, page = await self._insist("GET", there, None)
        if status != 200:
            raise Failed(f"{status} at {there}")
        return there, page

    async def _insist(self, method: str, address: str, sent: dict[str, object] | None) -> Answer:
        """Again and again until the server answers; each try that fails is a failure."""
        while True:
            try:
                found = await asyncio.wait_for(self.line.ask(method, address, sent), TIMEOUT)
                if found[0] < 500:
                    return found
                raise Failed(str(found[0]))
            except (OSError, EOFError, TimeoutError, Failed) as error:
                moment = round(time.monotonic() - self.began, 2)
                self.happened.failures.append((moment, f"{type(error).__name__}: {error}"[:80]))
                await asyncio.sleep(PAUSE)


async def generate(plan: dict[str, Any]) -> Happened:
    """Everybody at once."""
    happened, began = Happened(), time.monotonic()
    takers = [Taker(plan, person, happened, began) for person in plan["people"]]
    await asyncio.gather(*(taker.run() for taker in takers))
    happened.seconds, happened.cpu_seconds = time.monotonic() - began, time.process_time()
    return happened


def main() -> int:
    plan = json.load(sys.stdin)
    json.dump(asdict(asyncio.run(generate(plan))), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

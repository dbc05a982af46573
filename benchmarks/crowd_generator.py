"""People of all roles who read and decide: `python -m benchmarks.crowd_generator`, plan in, what happened out (JSON).

Everybody thinks for a seeded time (gamma, shape 4), then reads one of their pages or, as often as `deeds_share` says,
does one of the deeds that they have, each once, and follows to where it leads. Anything but a page is an error.
"""

import asyncio
import json
import random
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from benchmarks.line import Line

TIMEOUT: Final = 30.0
DEEDS_SHARE: Final = 0.15


@dataclass
class Crowd:
    """`pages` and `deeds`: seconds from asking to the whole answer. `errors`: what was asked for, and what came."""

    pages: list[float] = field(default_factory=list)
    deeds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    cpu_seconds: float = 0.0
    seconds: float = 0.0


class Person:
    """One visitor with pages to read and deeds to do."""

    def __init__(self, plan: dict[str, Any], own: dict[str, Any], crowd: Crowd, began: float) -> None:
        self.line = Line(plan["host"], plan["port"], own["cookies"], own["token"])
        self.think, self.ramp, self.crowd = plan["think"], plan["ramp"], crowd
        self.ends = began + plan["ramp"] + plan["seconds"]
        self.counted = began + plan["ramp"]
        self.pages, self.deeds = own["pages"], list(own["deeds"])
        self.stream = random.Random(own["seed"])

    async def run(self) -> None:
        """Until the time is over. What happens while people still arrive is not counted."""
        await asyncio.sleep(self.stream.uniform(0, self.ramp))
        while time.monotonic() < self.ends:
            if self.deeds and self.stream.random() < DEEDS_SHARE:
                address, fields = self.deeds.pop(0)
                there = await self._ask("POST", address, fields, self.crowd.deeds)
            else:
                there = self.stream.choice(self.pages)
            while there:
                there = await self._ask("GET", there, None, self.crowd.pages)
            await asyncio.sleep(self.stream.gammavariate(4, self.think / 4))

    async def _ask(
        self, method: str, address: str, fields: dict[str, object] | None, times: list[float]
    ) -> str:
        """Where the answer leads; "" when it is a page."""
        start = time.monotonic()
        try:
            status, headers, _ = await asyncio.wait_for(self.line.ask(method, address, fields), TIMEOUT)
        except (OSError, EOFError, TimeoutError) as error:
            self.crowd.errors.append(f"{method} {address}: {type(error).__name__}")
            return ""
        if start >= self.counted:
            times.append(time.monotonic() - start)
        if status != 302 and (method, status) != ("GET", 200):
            self.crowd.errors.append(f"{method} {address}: {status}")
        return headers.get("location", "") if status == 302 else ""


async def generate(plan: dict[str, Any]) -> Crowd:
    """Everybody at once."""
    crowd, began = Crowd(), time.monotonic()
    await asyncio.gather(*(Person(plan, own, crowd, began).run() for own in plan["people"]))
    crowd.seconds, crowd.cpu_seconds = time.monotonic() - began, time.process_time()
    return crowd


def main() -> int:
    json.dump(asdict(asyncio.run(generate(json.load(sys.stdin)))), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

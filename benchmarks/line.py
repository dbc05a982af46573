"""One request over HTTP, as a browser sends it; only the standard library, so that asking costs little processor time."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlencode

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers by their names in small letters, body."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's line to the server: `cookies` sign them in, `token` is the one against forged requests."""

    host: str
    port: int
    cookies: str
    token: str

    async def ask(self, method: str, address: str, sent: dict[str, object] | None = None) -> Answer:
        """On a connection of its own. Raises OSError or EOFError when there is no whole answer."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(self._request(method, address, urlencode(sent or {}).encode()))
            await writer.drain()
            head, _, page = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        first, *rest = head.decode("latin-1").split("\r\n")
        if not first.startswith("HTTP/"):
            raise EOFError("no answer")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        if "content-length" in headers and len(page) < int(headers["content-length"]):
            raise EOFError("cut off")
        return int(first.split()[1]), headers, page

    def _request(self, method: str, address: str, body: bytes) -> bytes:
        lines = [
            f"{method} {address} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            f"Cookie: {self.cookies}",
            f"X-CSRFToken: {self.token}",
            "Accept-Language: en",
            "Connection: close",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body

"""A real SMTP server on a loopback port that can be told to misbehave."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

import environ
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Post:
    """Takes mail into `messages`; answers RCPT and DATA with what it was told to."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.recipients: list[str] = []
        self.answer_rcpt = "250 OK"
        self.answer_data = "250 OK"
        self.hang_up = False
        self.arrived = threading.Event()
        self.while_thinking: Callable[[], object] | None = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept or refuse a recipient."""
        if self.answer_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail, refuse it, or hang up in the middle. What happens meanwhile happens in its own thread."""
        if self.while_thinking:
            await asyncio.to_thread(self.while_thinking)
        if self.hang_up:
            server.transport.abort()
            return "421 gone"
        if self.answer_data.startswith("250"):
            self.messages.append(message_from_bytes(envelope.content))
            self.recipients += envelope.rcpt_tos
            self.arrived.set()
        return self.answer_data


@contextmanager
def running_post() -> Iterator[tuple[Post, dict[str, Any]]]:
    """The server and the `EMAIL_DELIVERY` that leads to it."""
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield post, delivery_to(controller.port)
    finally:
        controller.stop()


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def delivery_to(port: int) -> dict[str, Any]:
    """Settings of a plain server on a loopback port, as `EMAIL_URL` gives them."""
    return environ.Env.email_url_config(f"smtp://127.0.0.1:{port}")

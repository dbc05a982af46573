"""The browser that several rooms share."""

from tests.browsing import chromium

__all__ = ["chromium"]

"""Pages about who fits."""

from matching.views.what_if import what_if, what_if_of

__all__ = ["what_if", "what_if_of"]

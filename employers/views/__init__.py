"""Pages of the company itself."""

from employers.views.apply import apply
from employers.views.company import company
from employers.views.work_style import work_style

__all__ = ["apply", "company", "work_style"]

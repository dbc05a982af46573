"""The counts behind a ranking: who is lost at each gate."""

from typing import Any

from django.utils.translation import gettext as _

from matching.engine import RankingResult
from matching.words.gates import gate_label


def waterfall_steps(result: RankingResult) -> list[dict[str, Any]]:
    """Everyone, each gate with the people it stops, the eligible: as the `waterfall` graphic takes them."""
    fall = result.waterfall
    steps = [{"code": "everyone", "label": _("Everyone"), "count": fall.everyone}]
    steps += [
        {"code": str(gate), "label": gate_label(gate), "count": lost} for gate, lost in fall.by_gate().items()
    ]
    return [*steps, {"code": "eligible", "label": _("Eligible"), "count": fall.eligible}]

"""The counts behind a ranking: who is lost at each gate, so that no count tells of one person (`common.crowds`)."""

from typing import Any

from django.utils.translation import gettext as _

from common.crowds import counted, told_falls
from matching.engine import RankingResult
from matching.words.gates import gate_label


def waterfall_steps(result: RankingResult) -> list[dict[str, Any]]:
    """Everyone, each gate with the people it stops, the eligible: as the `waterfall` graphic takes them."""
    fall = result.waterfall
    lost = fall.by_gate()
    everyone, falls, _left = told_falls(fall.everyone, list(lost.values()), left=fall.eligible)
    steps = [{"code": "everyone", "label": _("Everyone"), "count": everyone}]
    steps += [
        {"code": str(gate), "label": gate_label(gate), "count": fallen}
        for gate, fallen in zip(lost, falls, strict=True)
    ]
    return [
        *steps,
        {"code": "eligible", "label": _("Eligible"), "count": fall.eligible, "shown": counted(fall.eligible)},
    ]

"""The counts behind a ranking: who is lost at each gate, and who only lacks a fact."""

from typing import Any

from django.utils.translation import gettext as _

from matching.engine import RankingResult
from matching.words.gates import REASONS, gate_label


def waterfall_steps(result: RankingResult) -> list[dict[str, Any]]:
    """Everyone, each gate with the people it stops, the eligible: as the `waterfall` graphic takes them."""
    fall = result.waterfall
    steps = [{"code": "everyone", "label": _("Everyone"), "count": fall.everyone}]
    steps += [
        {"code": str(gate), "label": gate_label(gate), "count": lost} for gate, lost in fall.by_gate().items()
    ]
    return [*steps, {"code": "eligible", "label": _("Eligible"), "count": fall.eligible}]


def near_misses(result: RankingResult) -> list[dict[str, Any]]:
    """People who only lack a measurement or a confirmed floor, by the first of these, with counts."""
    return [
        {"code": str(miss.code), "label": str(REASONS[miss.code]), "count": miss.count}
        for miss in result.near_misses
    ]

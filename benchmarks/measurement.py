"""How well each bank measures: simulated people of known ability take the test by the very rules of a real session.

10,000 people, spread evenly from the foot of the lowest level to the top of the highest, come in random order and share
the bank, so that items rest as they do in use. Twice: with the parameters exactly as the bank states them, and with true
discriminations a quarter lower and true difficulties off by a normal error of 0.3 logits, because nobody should take
the first figure for a promise. Then 2,000 of them take the test again and again, on unseen items only, until none is left.
Seeds are fixed; one process, no database. Results: `var/bench/measurement.jsonl`, one object a line.
"""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from benchmarks.timing import FOLDER

DATA: Final = Path(__file__).resolve().parent.parent / "assessments" / "data"
PEOPLE: Final = int(os.environ.get("SIMULEES", "10000"))
AGAIN: Final = PEOPLE // 5
SEED: Final = 20261122
FLATTER: Final = 0.75
OFF: Final = 0.3
MOST_ATTEMPTS: Final = 12
WARM_UP: Final = 1000
"""Sessions before exposure is counted: the first people of a bank meet items that have not begun to rest."""

Record = dict[str, Any]
Floats = npt.NDArray[np.float64]


def measure(sizes: Sequence[int]) -> None:
    """Every bank on file; the sizes are those of the market and do not matter here."""
    records = [record for code, form in forms() for record in of_bank(code, form)]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "measurement.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))


def forms() -> Iterator[tuple[str, Any]]:
    """Code and form of each bank, read from its files as `load_banks` reads them."""
    from assessments.engine.response_model import parameter_rows
    from assessments.engine.selection import area_numbers
    from assessments.engine.sessions import Form
    from assessments.enums import BankKind, ItemState
    from assessments.rules.bank_sheet import read_bank, read_items
    from assessments.rules.interactions import guessing, question_of

    for head in _json(DATA / "banks.json"):
        bank = read_bank(head, "banks.json")
        items = [
            item
            for path in sorted((DATA / bank.code).glob("*.json"))
            for item in read_items(_json(path), f"{bank.code}/{path.name}", bank.kind)
            if item.state == ItemState.LIVE
        ]
        items.sort(key=lambda item: item.code)
        rows = [[item.a, item.b, guessing(question_of(item)), *item.steps] for item in items]
        area = "skill" if bank.kind == BankKind.LANGUAGE else "topic"
        areas = area_numbers([getattr(item, area) for item in items])
        yield bank.code, Form(parameter_rows(rows), areas, bank.cuts, bank.min_items, bank.max_items)


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def of_bank(code: str, form: Any) -> Iterator[Record]:
    """The records of one bank, printed as they come."""
    rng = np.random.default_rng([SEED, crc32(code.encode())])
    print(
        f"\n== {code}: {len(form.params)} items, cuts {list(form.cuts)}, {form.min_items}-{form.max_items} a session =="
    )
    worse = form.params.copy()
    worse[:, 0] *= FLATTER
    worse[:, 1] += rng.normal(0, OFF, len(worse))
    for name, true_params in (
        ("parameters exact", None),
        ("discriminations -25 %, difficulties ± 0.3", worse),
    ):
        yield _shown(_once(code, form, name, true_params, rng))
    yield from (_shown(record) for record in _again(code, form, rng))


def _once(code: str, form: Any, name: str, true_params: Floats | None, rng: np.random.Generator) -> Record:
    from assessments.engine.sessions import NO_ITEM, simulate_sessions

    true, seeds = _people(form, PEOPLE, rng)
    found = simulate_sessions(true, form, seeds, rng, true_params=true_params)
    later = found.rows[min(WARM_UP, PEOPLE // 2) :]
    given = np.bincount(later[later != NO_ITEM], minlength=len(form.params)) / len(later)
    return {
        "bank": code,
        "case": name,
        "people": PEOPLE,
        "median_discrimination": round(float(np.median(form.params[:, 0])), 3),
        **_quality(form, true, found),
        "bias_by_level": _by_level(form, true, found.theta - true),
        "items_by_level": _by_level(form, true, found.length.astype(np.float64)),
        "most_given": round(float(given.max()), 4),
        "least_given": round(float(given.min()), 4),
        "never_given": int((given == 0).sum()),
    }


def _again(code: str, form: Any, rng: np.random.Generator) -> Iterator[Record]:
    """One attempt after another by the same people, whose abilities stay the same."""
    from assessments.engine.sessions import NO_ITEM, simulate_sessions

    true, seeds = _people(form, AGAIN, rng)
    unseen = np.ones((AGAIN, len(form.params)), dtype=np.bool_)
    near = unseen.copy()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        able = np.flatnonzero((unseen & near).sum(axis=1) >= form.min_items)
        record: Record = {"bank": code, "case": f"attempt {attempt}", "people": AGAIN}
        record["able_to_start"] = round(len(able) / AGAIN, 4)
        if len(able) < AGAIN // 10:
            yield record
            return
        found = simulate_sessions(true[able], form, seeds[able] + attempt, rng, unseen=unseen[able])
        for person, rows in zip(able, found.rows, strict=True):
            unseen[person, rows[rows != NO_ITEM]] = False
        near[:] = False
        near[able] = [_in_reach(form, theta) for theta in found.theta]
        yield record | _quality(form, true[able], found)


def _in_reach(form: Any, theta: float) -> npt.NDArray[np.bool_]:
    """Items that count when a test can be taken again, as `assessments.queries.unseen` has it."""
    from assessments.engine.levels import reach

    if form.min_items == form.max_items:
        return np.ones(len(form.params), dtype=np.bool_)
    low, high = reach(theta, form.cuts)
    steps = np.nan_to_num(
        form.params[:, 3:]
    )  # of an item that is right or wrong there is one, at its difficulty
    first, last = (
        form.params[:, 1] + steps.min(axis=1, initial=0),
        form.params[:, 1] + steps.max(axis=1, initial=0),
    )
    return np.asarray((last >= low) & (first <= high))


def _people(form: Any, count: int, rng: np.random.Generator) -> tuple[Floats, npt.NDArray[np.int64]]:
    from assessments.engine.levels import edges

    feet = edges(form.cuts)
    return rng.permutation(np.linspace(feet[0], feet[-1], count)), rng.integers(0, 2**62, count)


def _quality(form: Any, true: Floats, found: Any) -> Record:
    from assessments.engine.levels import Z_90

    error = found.theta - true
    off = np.abs(found.level - np.searchsorted(form.cuts, true, "right") - 1)
    figures = {
        "items": found.length.mean(),
        "right_level": (off == 0).mean(),
        "within_one_level": (off <= 1).mean(),
        "bias": error.mean(),
        "rmse": np.sqrt((error**2).mean()),
        "standard_error": found.standard_error.mean(),
        "coverage_90": (np.abs(error) <= Z_90 * found.standard_error).mean(),
    }
    return {name: round(float(value), 4) for name, value in figures.items()}


def _by_level(form: Any, true: Floats, values: Floats) -> list[float]:
    level = np.searchsorted(form.cuts, true, "right")
    return [round(float(values[level == number].mean()), 3) for number in range(len(form.cuts) + 1)]


def _shown(record: Record) -> Record:
    shown = {name: value for name, value in record.items() if name not in {"bank", "case", "people"}}
    print(
        f"  {record['case']:<42} " + "  ".join(f"{name} {value}" for name, value in shown.items()), flush=True
    )
    return record

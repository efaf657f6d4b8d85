"""Large results: what is written grows with what is known, and is read."""

import json
from datetime import timedelta

from rehabcore import casework, exchange, jurisdictions
from rehabcore.casework.results import TimelineResult
from rehabcore.records import CaseFile
from rehabcore.rules.time.days import OPEN, Span
from rehabcore.strict.vocabulary import ProgramId
from tests.kit.builders import day

XX = jurisdictions.load("xx")
FIRST = day("2016-01-01")


def _over(sanctions: int) -> TimelineResult:
    """The timeline of a programme that asks how many sanctions there were in half a year."""
    document = json.loads(jurisdictions.examples()["xx/therapeutic-community"])
    [event] = document["data"]["events"]
    document["data"]["events"] = [
        {
            **event,
            "filed": {**event["filed"], "record_id": f"sanction-{number}"},
            "happened_on": (FIRST + timedelta(5 * number)).isoformat(),
        }
        for number in range(sanctions)
    ]
    case = exchange.read(document, CaseFile)
    return casework.timeline(case, XX, ProgramId("therapeutic_community"), within=Span(FIRST, OPEN))


def test_each_piece_of_a_timeline_adds_only_what_differs() -> None:
    short, long = _over(25), _over(100)
    pieces = len(long.verdicts.pieces) - len(short.verdicts.pieces)
    assert pieces >= 2 * 75
    texts = [exchange.write(one) for one in (short, long)]
    assert len(texts[1]) - len(texts[0]) < 200 * pieces
    assert exchange.read(texts[1]) == long
    # A text that opens more objects and lists than this is not read.
    assert len(texts[1]) > 20 * sum(map(texts[1].count, "{["))

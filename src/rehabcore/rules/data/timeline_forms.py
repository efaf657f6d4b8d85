"""Verdicts over time as plain data: the rule, the answers of each piece, and the end of the last.

    { "rule": "r1", "pieces": ["mm", "nm", "mm"], "end": "open" }

Each piece rests on the state of what was known in the same place, and begins on its day. Reading
works out all answers again, and makes the proof of a piece when somebody reads it.
"""

from itertools import chain, islice
from typing import Any, cast

from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.data.verdict_forms import VerdictReader, VerdictWriter
from rehabcore.rules.judging.over_time import Piece, VerdictTimeline
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.time.days import End, Span
from rehabcore.strict.problems import Problems, missing_key, refuse, unknown_keys
from rehabcore.strict.structure import Codec, refuse_repeated_keys

_CODEC = Codec(plain_forms())
_KEYS = ("rule", "pieces", "end")


def write_timeline(timeline: VerdictTimeline, verdicts: VerdictWriter) -> dict[str, Any]:
    """The table of a timeline.

    Args:
        timeline: the timeline.
        verdicts: writes its verdicts.
    """
    table: dict[str, Any] = {}
    pieces = [verdicts.refer(piece.verdict, beside=table) for piece in timeline.pieces]
    table["pieces"] = [piece["answers"] for piece in pieces]
    table["end"] = _CODEC.write(timeline.within.end, End)
    return table


def read_timeline(plain: object, verdicts: VerdictReader) -> VerdictTimeline:
    """Read a timeline.

    Args:
        plain: its table.
        verdicts: reads its verdicts.

    Raises:
        InputError: names every problem, with paths relative to the table.
    """
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", f"an object of {', '.join(_KEYS)}", secret=True)
    refuse_repeated_keys(plain)
    problems = Problems(*(missing_key(key) for key in _KEYS if key not in plain))
    problems.add(*unknown_keys(plain, _KEYS))
    told = plain.get("pieces")
    if "pieces" in plain and not isinstance(told, list):
        problems.note(told, "wrong_type", "a list of answers", path="pieces")
    elif told == []:
        problems.note(told, "empty_group", "at least one piece", path="pieces")
    problems.done()
    rule = problems.at("rule", verdicts.rule, plain["rule"])
    kind: Any = End
    end = problems.at("end", _CODEC.read, plain["end"], kind)
    problems.done()
    found = problems.at("pieces", verdicts.in_turn, rule, cast("list[object]", told))
    problems.done()
    ends = chain((verdict.on for verdict in islice(found, 1, None)), (end,))
    pieces = tuple(
        problems.at(f"pieces[{number}]", _piece, verdict, until)
        for number, (verdict, until) in enumerate(zip(found, ends, strict=True))
    )
    problems.done()
    return VerdictTimeline.of_pieces(pieces)


def _piece(verdict: Verdict, until: End) -> Piece:
    return Piece(span=Span(verdict.on, until), verdict=verdict)

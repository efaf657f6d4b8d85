"""How the cost of every family of facts, and of every verb, grows with the records of a person.

``python -m benchmarks.exponents`` prints the seconds of the processor at each size, and the
exponent: 1 where twice the records take twice as long, 2 where they take four times as long. The
files are those that cost most (``large_files``). Nothing here is part of the package.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import log
from time import process_time
from typing import Any

from attrs import field, fields, frozen

import rehabcore as rc
from benchmarks import large_files as files
from benchmarks.large_files import ON, Make
from rehabcore.care.moves.requests import MoveRequest
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions.question import Question
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import ask

SIZES = (500, 1_000, 2_000, 4_000)
ROUNDS = 3
BUDGET = 2.0
"""Seconds of one call, beyond which greater files of the kind are not tried."""
A_WHILE = 0.2
"""Seconds in which no further round is begun."""


@frozen
class Family:
    """Facts that are read from the same records, and the files from which it costs most.

    Each fact is its name with what is said for its parameters.
    """

    facts: tuple[tuple[str, Mapping[str, str]], ...]
    made: tuple[Make, ...]


def _facts(*names: str, **given: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    return tuple((name, given) for name in names)


def _of(*facts: tuple[tuple[str, Mapping[str, str]], ...], made: tuple[Make, ...]) -> Family:
    return Family(tuple(one for some in facts for one in some), made)


_WINDOW = {"within": "2 years", "ageing": "inclusive"}
_LEVEL = "supervision_level"

FAMILIES: dict[str, Family] = {
    "setting": _of(
        _facts("setting", "time_in_institution", "former_prisoner", "time_since_release"),
        _facts("time_in_setting", setting="custody"),
        _facts("had_setting", setting="custody", **_WINDOW),
        _facts("days_in_setting", setting="custody", within="2 years"),
        made=(
            files.settings_of_many_offices,
            files.settings_in_dispute,
            files.settings_in_a_row,
            files.institutions_in_a_row,
            files.partial_settings,
            files.unknown_settings,
        ),
    ),
    "legal_status": _of(
        _facts("legal_status"),
        _facts("time_in_legal_status", legal_status="sentenced_custody"),
        _facts("had_legal_status", legal_status="probation", **_WINDOW),
        _facts("days_in_legal_status", legal_status="probation", within="2 years"),
        _facts("time_to_duty", kind="office_visit", first="1 month", every="3 months"),
        made=(files.statuses_of_many_offices,),
    ),
    "states": _of(
        _facts(f"state_{_LEVEL}"),
        _facts(f"time_in_state_{_LEVEL}", state="minimum"),
        _facts(f"had_state_{_LEVEL}", state="minimum", **_WINDOW),
        _facts(f"days_in_state_{_LEVEL}", state="minimum", within="2 years"),
        _facts(f"changes_of_state_{_LEVEL}", direction="any", **_WINDOW),
        made=(files.overlapping_states, files.contradicted_states, files.states_in_turn),
    ),
    "registers": _of(_facts("registered", register="warrants"), made=(files.registrations,)),
    "requirements": _of(_facts("required", subject=files.PROGRAM), made=(files.requirements,)),
    "sentences": _of(
        _facts(
            "sentence_remaining",
            "time_to_earliest_release",
            "time_served",
            "sentences",
            "life_sentence",
        ),
        _facts("time_to_share_served", share="1/2", term="full"),
        _facts("sentence_within", "sentence_under", length="5 years"),
        made=(
            files.concurrent_sentences,
            files.sentences_in_rows,
            files.sentences_told_twice,
            files.sentences_of_one_day,
            files.sentences_of_unknown_end,
        ),
    ),
    "offences": _of(
        _facts("offence_of", offence_kind="violent", scope="current"),
        _facts("offences", offence_kind="violent", counted_from="committed", **_WINDOW),
        _facts("time_since_offence"),
        made=(files.concurrent_sentences, files.sentences_in_rows, files.sentences_told_twice),
    ),
    "needs": _of(
        _facts("need_level", domain="work"),
        _facts("time_at_need_level", domain="work", need_level="none"),
        made=(files.needs_of_many_instruments, files.needs_on_one_day),
    ),
    "risks": _of(
        _facts("risk_level", "risk_score", "time_to_reassessment"),
        _facts("time_at_risk_level", risk_level="low"),
        _facts("risk_score_fall", within="5 years"),
        made=(
            files.risks_of_many_instruments,
            files.risks_of_one_instrument,
            files.overridden_risks,
            files.resolved_risks,
        ),
    ),
    "responsivity": _of(
        _facts("responsivity_factor", responsivity_kind="literacy"), made=(files.factors,)
    ),
    "events": _of(
        _facts("events", kind="sanction", **_WINDOW),
        _facts("events_between", kind="sanction", anchor="latest_sanction", after="0 days"),
        _facts("event_months_in_a_row", "time_since_event", kind="sanction"),
        _facts("time_to_duty", kind="sanction", first="1 month", every="3 months"),
        made=(
            files.sanctions_of_every_month,
            files.sanctions_told_twice,
            files.sanctions_of_ten_offices,
            files.sanctions_on_partial_days,
            files.told_as_the_same,
        ),
    ),
    "duties": _of(
        _facts("time_to_duty", kind="office_visit", first="1 month", every="3 months"),
        made=(files.visits_on_partial_days,),
    ),
    "deaths": _of(_facts("died"), made=(files.deaths_told_by_ends,)),
    "incidents": _of(
        _facts(
            "incidents_violation",
            severity_at_least="serious",
            outcomes="sustained",
            counted_from="report",
            **_WINDOW,
        ),
        _facts("incidents_violation", counted_from="decision", **_WINDOW),
        _facts("undecided_events", kind="violation"),
        made=(files.violations,),
    ),
    "observations": _of(
        _facts("observed_drug_test"),
        _facts("observations_of_drug_test", value="negative", **_WINDOW),
        _facts("streak_of_drug_test", value="negative", lapse="1 year"),
        made=(files.tests_told_twice,),
    ),
    "measurements": _of(_facts("measured_restitution_owed"), made=(files.measurements,)),
    "rulings": _of(
        _facts("refusals", subject=files.PROGRAM, **_WINDOW),
        _facts("ruling_in_force", subject=files.PROGRAM, outcome="refused"),
        _facts("awaiting_decision", "time_since_referral", "referred", program=files.PROGRAM),
        made=(files.rulings,),
    ),
    "consents": _of(_facts("consent", purpose="programme"), made=(files.consents,)),
    "participation": _of(
        _facts("enrolled", "completed", "time_enrolled", program=files.PROGRAM),
        _facts("completed_within", program=files.PROGRAM, **_WINDOW),
        _facts("program_outcomes", outcome="removed", **_WINDOW),
        made=(files.enrolments_told_twice, files.enrolments_that_go_on),
    ),
    "sessions": _of(
        _facts("attendance_share", program=files.PROGRAM, excused="missed", **_WINDOW),
        made=(files.sessions,),
    ),
}
"""Every family of facts that grows with the records, by its name."""

VERBS: tuple[Make, ...] = (
    files.everyday,
    files.settings_of_many_offices,
    files.concurrent_sentences,
    files.sentences_in_rows,
    files.needs_of_many_instruments,
    files.overridden_risks,
    files.enrolments_told_twice,
    files.sessions,
    files.chain_of_corrections,
    files.chain_of_retractions,
    files.chains_of_changes,
    files.with_faults,
)
"""The files of which every verb is asked."""


# --- measuring ----------------------------------------------------------------------------


@frozen
class Row:
    """The seconds of one piece of work at each size that was tried."""

    of: str
    work: str
    file: str
    seconds: dict[int, float] = field(factory=dict)

    @property
    def exponent(self) -> float | None:
        """The slope of the straight line through the logarithms of the three greatest sizes."""
        points = [(log(size), log(took)) for size, took in self.seconds.items()][-3:]
        if len(points) < 2:
            return None
        x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
        over = sum((a - x) ** 2 for a, _ in points)
        slope: float = sum((a - x) * (b - y) for a, b in points) / over
        return slope


def _best(call: Callable[[], object]) -> float:
    """The seconds of the best of a few rounds."""
    best, spent = float("inf"), 0.0
    for _ in range(ROUNDS):
        start = process_time()
        call()
        took = process_time() - start
        best, spent = min(best, took), spent + took
        if spent > A_WHILE:
            break
    return best


def _measured(
    rows: Sequence[tuple[Row, Callable[[CaseFile], object]]], made: Make, sizes: Sequence[int]
) -> Iterator[Row]:
    """The rows with their seconds; none is tried at a greater size once it is beyond the budget."""
    for size in sizes:
        going_on = [r for r in rows if max(r[0].seconds.values(), default=0) < BUDGET]
        if going_on:
            case = made(size)
            for row, call in going_on:
                row.seconds[size] = _best(partial(call, case))
    yield from (row for row, _ in rows)


def of_families(country: Jurisdiction, names: Sequence[str], sizes: Sequence[int]) -> Iterator[Row]:
    """The cost of reading each fact of some families over all days."""
    for name in names:
        for made in FAMILIES[name].made:
            rows = [
                (Row(name, fact, made.__name__), partial(reading, country, fact, given))
                for fact, given in FAMILIES[name].facts
            ]
            yield from _measured(rows, made, sizes)


def reading(country: Jurisdiction, name: str, given: Mapping[str, str], case: CaseFile) -> object:
    """Read a fact over all days."""
    question, asked = country.questions[name], ask(country.facts[name], **given)
    assert isinstance(question, Question)
    return question.read(asked, case).starts


def of_verbs(country: Jurisdiction, sizes: Sequence[int]) -> Iterator[Row]:
    """The cost of making, checking and answering a file."""
    for made in VERBS:
        works: dict[str, Callable[[CaseFile], object]] = {
            "make": lambda case: CaseFile(**_fields(case)),
            "check": country.facts_of,
            "match": lambda case: rc.match(case, country, on=ON),
            "near": lambda case: rc.near(case, country, on=ON),
            "timeline": lambda case: _timeline(case, country),
            "needs": lambda case: rc.needs(case, country, on=ON),
            "plan": lambda case: rc.plan(case, country, on=ON),
            "move": lambda case: _move(case, country),
        }
        rows = [(Row("verbs", work, made.__name__), call) for work, call in works.items()]
        yield from _measured(rows, made, sizes)


def _fields(case: CaseFile) -> dict[str, Any]:
    return {one.name: getattr(case, one.name) for one in fields(CaseFile)}


def _timeline(case: CaseFile, country: Jurisdiction) -> object:
    within = rc.Span(ON, ON.replace(year=ON.year + 10))
    return rc.timeline(case, country, program_id=country.programs[0].program_id, within=within)


def _move(case: CaseFile, country: Jurisdiction) -> object:
    """The move, which is most often not allowed: that costs as much."""
    request = MoveRequest(
        move_id="release",
        on=ON,
        to_holder="probation-2",
        source="prison-1",
        recorded_on=ON,
        record_prefix="m",
    )
    try:
        return rc.request_move(case, country, request)
    except (rc.InputError, rc.RequestRefused):
        return None


# --- telling ------------------------------------------------------------------------------


def _line(row: Row, sizes: Sequence[int]) -> str:
    seconds = (f"{row.seconds[s]:.4f}" if s in row.seconds else "" for s in sizes)
    exponent = "" if row.exponent is None else f"{row.exponent:.2f}"
    return f"| {row.of} | {row.work} | {row.file} | {' | '.join(seconds)} | {exponent} |"


def main() -> int:
    """Measure, and print a table in Markdown, the rows as they come."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exponents", description=__doc__)
    every = (*FAMILIES, "verbs")
    parser.add_argument("--families", default=",".join(every), help="some of them, with commas")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of records")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    names = given.families.split(",")
    country = rc.load("xx")
    sys.stdout.write(
        f"| family | fact or verb | file | {' | '.join(map(str, sizes))} | exponent |\n"
    )
    sys.stdout.write(f"| --- | --- | --- |{' ---: |' * len(sizes)} ---: |\n")
    found = of_families(country, [name for name in names if name in FAMILIES], sizes)
    for row in found:
        print(_line(row, sizes), flush=True)
    if "verbs" in names:
        for row in of_verbs(country, sizes):
            print(_line(row, sizes), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

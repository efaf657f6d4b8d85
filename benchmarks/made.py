"""Case files that are made: many people, and one person with as many records as a life makes."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

DAY = re.compile(r"\d{4}-\d\d-\d\d")
SHIFTS = 365
BEGINS = date(2018, 9, 3)
"""The first day of a long file, which covers eight years."""
YEARS = 8 * 365


def known_to_all(document: str) -> str:
    """A case file without the records that one revision knows and another does not.

    So the same work is compared, whatever was added to the file since.
    """
    plain = json.loads(document)
    plain["data"] = {
        name: [record for record in said if record.get("kind") != "hand_over"]
        if isinstance(said, list)
        else said
        for name, said in plain["data"].items()
        if name not in ("transitions", "transition_acts", "checklist_entries")
    }
    return json.dumps(plain)


def people(document: str, count: int) -> tuple[str, ...]:
    """A case file so many times, each with another id and with all its days moved alike."""
    return tuple(_moved(document, number) for number in range(count))


def _moved(document: str, number: int) -> str:
    by = timedelta(days=number % SHIFTS)
    plain = json.loads(
        DAY.sub(lambda day: (date.fromisoformat(day.group()) - by).isoformat(), document)
    )
    plain["data"]["case_id"] = f"case-{number}"
    return json.dumps(plain)


def long_file(count: int) -> str:
    """The case file of one person with about so many records over eight years.

    Two thirds are events and tests, which may come several to a day; the rest are spells, which
    follow each other, assessments, consents and programmes.
    """
    data: dict[str, list[dict[str, Any]]] = {}
    person = {"beneficiary_id": "person-l", "birth_date": "1990-02-28", "sex": "male"}
    numbered = enumerate(_records(count))
    first = {"record_id": "r", "recorded_on": BEGINS.isoformat(), "source": "office"}
    data["beneficiary"] = [{"filed": first, **person, "languages": ["xx"]}]
    for number, (kind, day, said) in numbered:
        filed = {"record_id": f"r-{number}", "recorded_on": day, "source": "office"}
        filed |= said.pop("filed", {})
        data.setdefault(kind, []).append({"filed": filed, **said})
    return json.dumps({"schema": "case/1", "data": {"case_id": "case-l", **data}})


_Record = tuple[str, str, dict[str, Any]]


def _records(count: int) -> Iterator[_Record]:
    """The list, the day and what it says of each record."""
    yield "sentences", *_on(BEGINS, {"start": "2018-09-03", "end": "2028-03-01"})
    for number, day in _days(count // 3):
        kind = ("sanction", "office_visit", "home_visit", "payment")[number % 4]
        yield "events", *_on(day, {"kind": kind, "happened_on": day.isoformat()})
    for number, day in _days(count // 3):
        value = "positive" if number % 9 == 0 else "negative"
        said = {"kind": "drug_test", "value": value, "observed_on": day.isoformat()}
        yield "observations", *_on(day, said)
    yield from _spells(count // 30, "legal_standings", "status", ("sentenced_custody", "probation"))
    yield from _spells(count // 30, "placements", "setting", ("custody", "community"), holder="p-1")
    for kind, values in (
        ("employment", ("employed", "unemployed")),
        ("housing", ("temporary", "permanent")),
    ):
        yield from _spells(count // 30, "states", "value", values, kind=kind)
    yield from _assessed(count // 30)
    yield from _care(count // 30)


def _days(count: int) -> Iterator[tuple[int, date]]:
    """So many days, evenly over the eight years."""
    for number in range(count):
        yield number, BEGINS + timedelta(days=number * YEARS // count)


def _on(day: date, said: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return day.isoformat(), said


def _spells(
    count: int, among: str, key: str, values: tuple[str, ...], **more: str
) -> Iterator[_Record]:
    """Spells that follow each other, the last of them open."""
    starts = [day for _, day in _days(count)]
    ends = [*(day.isoformat() for day in starts[1:]), "open"]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        span = {"start": start.isoformat(), "end": end}
        yield among, *_on(start, {key: values[number % len(values)], "span": span, **more})


def _assessed(count: int) -> Iterator[_Record]:
    for number, day in _days(count):
        until = (day + timedelta(days=365)).isoformat()
        term = {"assessed_on": day.isoformat(), "expires": until, "confirmed_by": "psychologist-7"}
        findings = [
            {"domain": domain, "level": ("none", "some", "high")[(number + place) % 3]}
            for place, domain in enumerate(("substance_use", "attitudes", "work", "housing"))
        ]
        needs = {"instrument": "xx-needs", "findings": findings}
        yield "needs_assessments", *_on(day, {**needs, **term})
        risk = {"instrument": "xx-risk", "level": ("low", "medium", "high")[number % 3]}
        yield "risk_assessments", *_on(day, {**risk, **term})


def _care(count: int) -> Iterator[_Record]:
    half = timedelta(days=YEARS // count // 2)
    for number, day in _days(count):
        given, until = day.isoformat(), (day + half).isoformat()
        consent = {"purpose": "programme", "given": given, "withdrawn": until}
        yield "consents", *_on(day, consent)
        program = ("thinking_skills", "relapse_prevention")[number % 2]
        ids = {part: {"record_id": f"{part}-{number}"} for part in ("referral", "enrolment")}
        referral = {"program_id": program, "referred_on": given, "filed": ids["referral"]}
        yield "referrals", *_on(day, referral)
        enrolment = {"program_id": program, "started_on": given, "filed": ids["enrolment"]}
        yield "enrolments", *_on(day, {**enrolment, "referral": ids["referral"]["record_id"]})
        ended = {"enrolment": ids["enrolment"]["record_id"], "ended_on": until}
        yield "completions", *_on(day + half, {**ended, "outcome": "completed"})

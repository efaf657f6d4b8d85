"""A case file as an agency of country ``xx`` keeps it, and thirty facts that rules ask of it.

One person over four years: remand, a sentence, an early release; assessments repeated and
expired, a withdrawn consent, programmes finished and broken off, a corrected record.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from rehabcore import exchange, jurisdictions
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked, ask

XX = jurisdictions.load("xx")
ON = date(2026, 3, 16)

_Row = tuple[str, str, dict[str, Any]]
"""The list of the case file, the day of recording, and what the record says."""


def document() -> str:
    """The case file as JSON."""
    data: dict[str, Any] = {"case_id": "case-b"}
    for number, (kind, recorded_on, said) in enumerate(_records()):
        filed = {"record_id": f"r-{number}", "recorded_on": recorded_on, "source": "office"}
        filed |= said.pop("filed", {})
        data.setdefault(kind, []).append({"filed": filed, **said})
    return json.dumps({"schema": "case/1", "data": data})


def case_file() -> CaseFile:
    """The case file, read and checked as any other."""
    case = exchange.read(document(), CaseFile)
    XX.check(case)
    return case


def _records() -> Iterator[_Row]:
    yield from _standing()
    yield from _assessed()
    yield from _care()
    yield from _generic()


def _standing() -> Iterator[_Row]:
    person = {"birth_date": "1994-02-28", "sex": "male", "languages": ["xx", "en"]}
    yield "beneficiary", "2022-02-01", {"beneficiary_id": "person-b", **person}
    for status, start, end in (
        ("pretrial", "2022-02-01", "2022-09-10"),
        ("sentenced_custody", "2022-09-10", "2025-07-01"),
        ("conditional_release", "2025-07-01", "open"),
    ):
        span = {"start": start, "end": end}
        yield "legal_standings", start, {"status": status, "span": span}
    for setting, holder, start, end in (
        ("custody", "prison-1", "2022-02-01", "2023-05-02"),
        ("hospital", "hospital-1", "2023-05-02", "2023-06-14"),
        ("custody", "prison-2", "2023-06-14", "2025-07-01"),
        ("community", "probation-2", "2025-07-01", "open"),
    ):
        span = {"start": start, "end": end}
        yield "placements", start, {"setting": setting, "holder": holder, "span": span}
    sentence = {"start": "2022-02-01", "end": "2027-02-01", "earliest_release": "2025-07-01"}
    yield "sentences", "2022-09-12", sentence


def _assessed() -> Iterator[_Row]:
    for year, levels in (
        (2022, ("high", "high", "some", "some")),
        (2023, ("high", "some", "some", "some")),
        (2024, ("some", "some", "some", "none")),
        (2025, ("some", "none", "high", "some")),
    ):
        domains = ("substance_use", "attitudes", "work", "housing")
        findings = [{"domain": d, "level": v} for d, v in zip(domains, levels, strict=True)]
        day, until = f"{year}-10-03", f"{year + 1}-10-03"
        term = {"assessed_on": day, "expires": until, "confirmed_by": "psychologist-7"}
        needs = {"instrument": "xx-needs", "findings": findings}
        yield "needs_assessments", day, {**needs, **term}
        level = "high" if year == 2022 else "medium"
        yield "risk_assessments", day, {"instrument": "xx-risk", "level": level, **term}


def _care() -> Iterator[_Row]:
    yield "consents", "2022-10-10", {"purpose": "programme", "given": "2022-10-10"}
    health = {"purpose": "health_data", "given": "2022-10-10", "withdrawn": "2024-01-15"}
    yield "consents", "2024-01-15", health
    yield "consents", "2025-08-01", {"purpose": "health_data", "given": "2025-08-01"}
    for program, start, end, outcome in (
        ("thinking_skills", "2022-11-07", "2023-04-28", "withdrawn"),
        ("therapeutic_community", "2023-09-04", "2024-08-30", "completed"),
        ("thinking_skills", "2024-10-07", "2025-03-28", "completed"),
        ("relapse_prevention", "2025-09-01", None, None),
    ):
        ids = {part: f"{part}-{start}" for part in ("referral", "enrolment")}
        referral = {"filed": {"record_id": ids["referral"]}, "referred_on": start}
        yield "referrals", start, {**referral, "program_id": program}
        enrolment = {"filed": {"record_id": ids["enrolment"]}, "started_on": start}
        yield "enrolments", start, {**enrolment, "program_id": program, "referral": ids["referral"]}
        if end is not None:
            ended = {"enrolment": ids["enrolment"], "ended_on": end, "outcome": outcome}
            yield "completions", end, ended


def _generic() -> Iterator[_Row]:
    for day in ("2022-12-01", "2023-02-11", "2023-07-20", "2025-11-05"):
        yield "events", day, {"kind": "sanction", "happened_on": day}
    mistaken, corrected = {"record_id": "e-1"}, {"record_id": "e-2", "corrects": "e-1"}
    for filed, day in ((mistaken, "2025-01-07"), (corrected, "2024-07-01")):
        yield "events", "2025-01-09", {"filed": filed, "kind": "sanction", "happened_on": day}
    for day, value in (
        ("2023-03-01", "positive"),
        ("2024-03-01", "negative"),
        ("2025-08-15", "negative"),
        ("2026-02-20", "negative"),
    ):
        yield "observations", day, {"kind": "drug_test", "value": value, "observed_on": day}
    clear = {"kind": "health_clearance", "value": "cleared", "observed_on": "2025-08-20"}
    yield "observations", "2025-08-20", clear
    released = {"kind": "release_decision", "value": "granted", "observed_on": "2025-06-20"}
    yield "observations", "2025-06-20", released
    for value, start, end in (
        ("unemployed", "2025-07-01", "2025-10-01"),
        ("employed", "2025-10-01", "open"),
    ):
        span = {"start": start, "end": end}
        yield "states", start, {"kind": "employment", "value": value, "span": span}


def _ask(name: str, **given: str) -> Asked:
    return ask(XX.facts[name], **given)


THIRTY: tuple[Asked, ...] = (
    *(_ask(name) for name in ("age", "sex", "languages", "legal_status", "setting")),
    *(_ask(name) for name in ("sentence_remaining", "time_to_earliest_release", "risk_level")),
    _ask("time_in_legal_status", legal_status="conditional_release"),
    *(_ask("time_in_setting", setting=setting) for setting in ("custody", "community")),
    *(_ask("need_level", domain=d) for d in ("substance_use", "attitudes", "work", "housing")),
    *(_ask("consent", purpose=purpose) for purpose in ("programme", "health_data")),
    *(_ask("enrolled", program=p) for p in ("thinking_skills", "relapse_prevention", "work_start")),
    *(
        _ask("completed", program=program)
        for program in ("thinking_skills", "therapeutic_community", "work_start", "drop_in")
    ),
    *(
        _ask("events", kind="sanction", within=within, ageing="exclusive")
        for within in ("6 months", "1 year")
    ),
    *(_ask(f"observed_{kind}") for kind in ("drug_test", "health_clearance", "release_decision")),
    _ask("state_employment"),
)

"""Files that are certainly sound, and all that leaves it open."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import CaseFile, NeedFinding, NeedsAssessment
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.records.certainty import WEIGHED, certainly_sound
from tests.kit.builders import case, filed, person, some_day
from tests.kit.record_makers import (
    XX,
    completion,
    death,
    enrolment,
    event,
    milestone,
    of_every_kind,
    offence,
    placement,
    referral,
    requirement,
    sentence,
    standing,
    state,
)

BORN = evolve(person(), birth_date=some_day("1990-01-01"))
SOUND: dict[str, Any] = {
    name: getattr(of_every_kind(), name) for name in RECORD_LISTS if name not in WEIGHED
} | {
    "beneficiary": (BORN,),
    "legal_standings": (
        standing("ls-1", "pretrial", "2019-01-01", "2019-06-01"),
        standing("ls-2", "sentenced_custody", "2019-06-01"),
    ),
    "placements": (
        placement("pl-1", "custody", "2019-01-01", "2020-01-01"),
        placement("pl-2", "community", "2020-01-01", source="b"),
    ),
    "sentences": (sentence("s-1", "2019-06-01", "2021-06-01"),),
    "referrals": (referral("rf-1", "2019-08-01"),),
    "enrolments": (
        enrolment("en-1", "2019-08-02", after="rf-1"),
        enrolment("en-2", "2019-09-02", "drop_in"),
    ),
    "completions": (completion("co-1", "en-1", "2019-12-01"),),
    "events": (event("ev-1", "2019-05-01"),),
    "states": (
        state("st-1", "employed", "2019-01-01", "2019-02-01"),
        state("st-2", "permanent", "2019-01-01", kind="housing"),
    ),
    "offences": (offence("of-1", committed="2018-05-01", of="s-1"), offence("of-2")),
    "milestones": (
        milestone("mi-1", "2021-05-01"),
        milestone("mi-2", "2021-05-01", "parole_eligibility"),
    ),
    "requirements": (
        requirement("re-1", "2020-02-01", of="s-1"),
        requirement("re-2", "2020-02-01"),
    ),
}
"""A file with records of every kind that can be plain."""


def altered(name: str, *records: Any) -> CaseFile:
    """The sound file with other records in one of its lists."""
    return case(**{**SOUND, name: records})


def more(name: str, *records: Any) -> CaseFile:
    """The sound file with more records in one of its lists."""
    return altered(name, *SOUND.get(name, ()), *records)


def relinked(**said: Any) -> CaseFile:
    """The sound file with another filing of its event."""
    (found,) = SOUND["events"]
    return altered("events", evolve(found, filed=evolve(found.filed, **said)))


def certain(file: CaseFile, known_at: date = date.max) -> bool:
    """Whether nothing certainly is wrong with a file."""
    return certainly_sound(file, XX.words, known_at)


def test_a_plain_file_is_certainly_sound() -> None:
    assert certain(case(**SOUND))
    assert certain(case())


def test_a_record_may_have_no_parts() -> None:
    (needs,) = SOUND["needs_assessments"]
    assert certain(altered("needs_assessments", evolve(needs, findings=())))


def test_every_kind_of_record_is_plain_or_weighed() -> None:
    assert all(SOUND[name] for name in RECORD_LISTS if name not in WEIGHED)


def _with_domain(code: str) -> NeedsAssessment:
    needs: NeedsAssessment = SOUND["needs_assessments"][0]
    return evolve(needs, findings=(NeedFinding(domain=code, level="high"),))


OPEN: dict[str, CaseFile] = {
    "nobody": altered("beneficiary"),
    "told of twice": more("beneficiary", evolve(BORN, filed=filed("other", source="b"))),
    "born in a year": altered("beneficiary", evolve(BORN, birth_date=some_day("1990"))),
    "a kind that needs a closer look": more("deaths", death("new", "2022-01-01")),
    "known later": relinked(recorded_on=date(2030, 1, 2)),
    "a correction": relinked(corrects="elsewhere"),
    "a change": relinked(changes="elsewhere", since=date(2020, 1, 1)),
    "told again": relinked(same_as="elsewhere"),
    "a place in order": relinked(sequence=1),
    "a word that nobody knows": more("events", event("new", "2019-05-01", "unheard_of")),
    "a word in a part": altered("needs_assessments", _with_domain("unheard_of")),
    "a day before birth": more("events", event("new", "1989-05-01")),
    "a day in part": altered("events", evolve(SOUND["events"][0], happened_on=some_day("2019"))),
    "days in part": more("states", state("new", "employed", "2019-03", "2019-06-01")),
    "a referral that is not on file": more("enrolments", enrolment("new", "2019-09-01", after="x")),
    "a referral to something else": more(
        "enrolments", enrolment("new", "2019-09-01", "drop_in", after="rf-1")
    ),
    "a referral that came later": more("enrolments", enrolment("new", "2019-07-01", after="rf-1")),
    "an end of nothing": more("completions", completion("new", "x", "2019-12-01")),
    "a second end": more("completions", completion("new", "en-1", "2019-12-01")),
    "an end in part": more(
        "completions", evolve(completion("new", "en-2", "2019-12-01"), ended_on=some_day("2019"))
    ),
    "an end before the beginning": more("completions", completion("new", "en-2", "2019-01-01")),
    "a sentence beside another": more(
        "sentences", sentence("new", "2021-06-01", "2022-06-01", beside=("s-1",))
    ),
    "a sentence in a row": more(
        "sentences", sentence("new", "2021-06-01", "2022-06-01", after="s-1")
    ),
    "an offence of no sentence": more("offences", offence("new", of="x")),
    "a requirement of no sentence": more("requirements", requirement("new", "2020-02-01", of="x")),
    "two legal days": more("milestones", milestone("new", "2021-06-01")),
    "two statuses": more("legal_standings", standing("new", "probation", "2019-02-01")),
    "two settings": more("placements", placement("new", "hospital", "2019-02-01", "2019-03-01")),
    "two states": more("states", state("new", "unemployed", "2019-01-15")),
}


@pytest.mark.parametrize("file", OPEN.values(), ids=OPEN)
def test_what_a_glance_cannot_tell_is_left_open(file: CaseFile) -> None:
    assert not certain(file, date(2030, 1, 1))

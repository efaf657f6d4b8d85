"""Asking about many people gives what asking about each of them gives."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import rehabcore as rc
from tests.kit.record_strategies import case_files

XX = rc.load("xx")
DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))


def _matched(file: rc.CaseFile, on: date, strict: bool) -> rc.MatchResult | tuple[rc.Problem, ...]:
    """The result of match, or the problems for which it refuses the file."""
    try:
        return rc.match(file, XX, on=on, strict=strict)
    except rc.InputError as error:
        return error.problems


@settings(max_examples=settings().max_examples // 5)  # each example is several people
@given(st.lists(case_files(), max_size=2), DAYS, st.booleans())
def test_match_all_equals_match(files: list[rc.CaseFile], on: date, strict: bool) -> None:
    caseload = rc.match_all(files, XX, on=on, strict=strict)
    people = {person.place: person for person in caseload}
    refused = {one.place: one.problems for one in caseload.refused}
    assert sorted([*people, *refused]) == list(range(len(files)))
    for place, file in enumerate(files):
        result = _matched(file, on, strict)
        if isinstance(result, tuple):
            assert refused[place] == result
        else:
            person = people[place]
            assert person.case_id == file.case_id
            assert dict(person.answers) == {o.program_id: o.answer for o in result.offers}
            assert person.match() == result

"""Each day counts once: days in a state are found a second time by looking at every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rehabcore.questions.counting.days_in import days_in
from rehabcore.questions.counting.runs import whether
from rehabcore.rules.facts import Known, Unknown
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import UnknownKind
from tests.kit.sheets import claims as claims_of_any_span

ABSENT = Unknown(UnknownKind.MISSING)
TERMS = (Term(), Term(days=1), Term(days=20), Term(weeks=2), Term(months=1), Term(years=1))
CLAIMS = claims_of_any_span().map(lambda said: [claim for claim in said if claim.span])
DAYS = st.integers(0, 500).map(lambda number: date(2019, 12, 20) + timedelta(days=number))


@given(CLAIMS, st.sampled_from(TERMS), DAYS)
def test_each_day_of_the_term_counts_once(said: list[Claim], within: Term, on: date) -> None:
    flags = settle(whether(said, {"high"}), ABSENT)
    first = within.before(on)
    looked_at = [flags.at(first + timedelta(days=more)) for more in range((on - first).days)]
    least = sum(isinstance(cell, Known) and cell.value is True for cell in looked_at)
    open_days = sum(isinstance(cell, Unknown) for cell in looked_at)
    found = days_in(said, {"high"}, ABSENT, within).at(on)
    if not any(cell.evidence for cell in looked_at):
        assert found == ABSENT
    elif open_days:
        assert isinstance(found, Unknown)
        assert found.between == (least, least + open_days)
    else:
        assert isinstance(found, Known)
        assert found.value == least
    assert set(found.evidence) == {own for cell in looked_at for own in cell.evidence}


@given(CLAIMS, st.sampled_from(TERMS), DAYS)
def test_a_day_more_counts_for_at_most_one_more(said: list[Claim], within: Term, on: date) -> None:
    """And a day that leaves the term, for at most as many fewer as leave."""
    counted = days_in(said, {"high"}, ABSENT, within)
    today, tomorrow = counted.at(on), counted.at(on + timedelta(days=1))
    if isinstance(today, Known) and isinstance(tomorrow, Known):
        assert int(str(tomorrow.value)) - int(str(today.value)) <= 1

"""Assessments of risk, as they follow from filled-in forms of an instrument."""

from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from rehabcore.instruments import Instrument, ScoreResult, find
from rehabcore.jurisdictions import Jurisdiction, load
from rehabcore.levels.policy import InstrumentLevels
from rehabcore.records import Filed, RiskAssessment
from rehabcore.risk import assessment_of
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.problems import one_of, refuse
from rehabcore.strict.vocabulary import RecordId
from rehabcore.testing.people.lives import VALIDITIES, WORKER
from rehabcore.testing.strategies.fixed import fixed_parts
from rehabcore.testing.strategies.forms import ASSESSED_ON, forms

_FILED = Filed(record_id=RecordId("risk-1"), recorded_on=ASSESSED_ON, source="probation-1")


@checked_arguments
def assessments(
    instrument: Instrument | str, *, country: Jurisdiction | str = "xx", **fixed: Any
) -> st.SearchStrategy[RiskAssessment]:
    """Records of scored forms of an instrument, with the levels that a country gives to its bands.

    Some forms have blanks, and some records nobody confirmed yet.

    Args:
        instrument: the instrument, or its name.
        country: which says the level of each band, or its id.
        fixed: fields of ``RiskAssessment``, each as a value or as a strategy of values.

    Raises:
        InputError: there is no such instrument, the country gives no levels to its bands, or an
            assessment has no such field.
    """
    where = load(country) if isinstance(country, str) else country
    asked = find(instrument) if isinstance(instrument, str) else instrument
    known = where.risk_policy.instrument_levels
    tables = [one for one in known if one.instrument in (asked.id, asked.name)]
    if not tables:
        names = {one.instrument for one in known}
        refuse(asked.name, "unknown_value", one_of(names, asked.name), path="instrument")

    def made(
        scored: tuple[ScoreResult, InstrumentLevels], days: int, confirmed: bool, said: Any
    ) -> RiskAssessment:
        result, table = scored
        record = assessment_of(
            result,
            table.table,
            where.risk_policy,
            filed=_FILED,
            expires=ASSESSED_ON + timedelta(days),
            confirmed_by=WORKER if confirmed else None,
        )
        return evolve(record, **said)

    results = forms(asked).map(lambda form: form.scored())
    scored = st.tuples(results, st.sampled_from(tables)).filter(lambda both: _levelled(*both))
    parts = fixed_parts(RiskAssessment, fixed)
    return st.builds(made, scored, st.sampled_from(VALIDITIES), st.booleans(), parts)


def _levelled(result: ScoreResult, levels: InstrumentLevels) -> bool:
    """Whether a result falls into a band with a level, or into none but has a score."""
    placing = next(one for one in result.placings if one.name == levels.table)
    if placing.label is None:
        return result.score(placing.of).value is not None
    return placing.label in {band.label for band in levels.bands}

"""Pathways of resettlement: where each stands, and what is to be assessed."""

from datetime import date

from rehabcore.care.moves.responsibility import died_by
from rehabcore.care.resettlement.pathways import pathways_seen
from rehabcore.care.resettlement.standings import PathwaysSeen
from rehabcore.casework.arguments import verb
from rehabcore.casework.care_results import PathwaysResult
from rehabcore.casework.grounding import grounds_of, stamped
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.records.glossary import codes


@verb
def pathways(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    strict: bool = False,
) -> PathwaysResult:
    """Tell of every pathway of resettlement where it stands on a day, with all that came before.

    The result has health data in it. Only those may see it who are entitled to.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day asked about.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, or ``on`` or ``known_at`` is not a date.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    return PathwaysResult(
        grounds=grounds_of(jurisdiction, stamp, facts, (), ()),
        case_id=case.case_id,
        seen=pathways_on(facts.view, jurisdiction, on),
    )


def pathways_on(history: CaseFile, jurisdiction: Jurisdiction, on: date) -> PathwaysSeen:
    """All pathways of the country, as they stand on a day.

    Args:
        history: the records that stand, with those that others changed over time.
        jurisdiction: the country.
        on: the day.
    """
    own = codes(jurisdiction.glossary.pathways)
    return pathways_seen(history, own, jurisdiction.moves, on=on, died=died_by(history))

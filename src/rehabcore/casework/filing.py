"""One more record in a case file, refused if it is amiss itself, or filed for one who has died."""

from datetime import date

from rehabcore.care.moves.responsibility import died_by
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile, Record
from rehabcore.strict.problems import Problem, Problems, refuse


def filed_in(
    case: CaseFile, jurisdiction: Jurisdiction, record: Record, *, strict: bool
) -> tuple[CaseFile, CaseFacts]:
    """The case file with one more record, and its facts.

    What had to be set aside before stops nobody from filing more.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        record: the record.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the record itself is amiss, or the file would be inconsistent.
    """
    after, own = case.with_record(record), record.filed.record_id
    facts = jurisdiction.facts_of(after, strict=strict)
    Problems(
        *(
            Problem(code=one.code, path=one.place, found=one.found, expected=one.expected)
            for one in facts.set_aside
            if one.record_id == own
        )
    ).done()
    return after, facts


def require_alive(view: CaseFile, on: date) -> None:
    """Refuse a request for a day by which the person has certainly died.

    Raises:
        InputError: the person has.
    """
    died = died_by(view)
    if died is not None and died <= on:
        expected = "a day on which the person was alive"
        refuse(on, "after_death", expected, path="request.on")

"""One more record in a case file, refused if it is amiss itself."""

from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile, Record
from rehabcore.strict.problems import Problem, Problems


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

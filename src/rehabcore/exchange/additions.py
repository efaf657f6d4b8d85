"""New records of a case file, read in the form that the file has and put at the end of its lists.

{ "consents": [ { "filed": { ... }, "purpose": "programme", "given": "2026-03-02" } ] }
"""

from typing import Any, TypeGuard

from attrs import evolve

from rehabcore.exchange.envelopes import CASE_CODEC
from rehabcore.exchange.inputs import Input, plain_of
from rehabcore.records import CaseFile
from rehabcore.records.case_file import RECORD_LISTS, free_ids, refuse_too_many
from rehabcore.strict.documents import Repetitive
from rehabcore.strict.problems import InputError, refuse, unknown_keys
from rehabcore.strict.structure import refuse_repeated_keys


def append(case: CaseFile, source: Input) -> CaseFile:
    """Make a case file that also holds new records.

    Whether the records fit together is not checked here; every verb checks it before it answers.

    Args:
        case: the whole case file, not a view of what was known; it is not changed.
        source: lists of a case file with the new records only, as JSON, plain data or a file. A
            record whose ``filed`` has no ``record_id`` gets the next free one of its list.

    Raises:
        InputError: names every problem of the new records, with its path in ``source``; or else
            every id that the file already has, with its path in the new file.
    """
    if not isinstance(case, CaseFile):
        refuse(case, "wrong_type", "a CaseFile", path="case", secret=True)
    lists = plain_of(source)
    if not isinstance(lists, dict):
        refuse(lists, "wrong_type", f"an object with any of the keys {_LISTS}", secret=True)
    refuse_repeated_keys(lists)
    if problems := unknown_keys(lists, RECORD_LISTS):
        raise InputError(problems)
    refuse_too_many(lists)
    document = {"case_id": case.case_id, "beneficiary": [], **_with_ids(case, lists)}
    new = CASE_CODEC.read(document, CaseFile)
    longer: dict[str, Any] = {name: (*getattr(case, name), *getattr(new, name)) for name in lists}
    return evolve(case, **longer)


_LISTS = ", ".join(RECORD_LISTS)


def _with_ids(case: CaseFile, lists: dict[str, Any]) -> dict[str, Any]:
    """The lists, with an id for each record that has none. Other items are refused later."""
    given = (_filing(record) or {} for listed in lists.values() for record in _items(listed))
    taken = {str(filed.get("record_id")) for filed in given}
    free = {name: free_ids(case, name) for name in lists}  # each goes on where it was left

    def numbered(name: str, record: object) -> object:
        filed = _filing(record)
        if not _is_object(record) or filed is None or "record_id" in filed:
            return record
        record_id = next(one for one in free[name] if one not in taken)
        taken.add(record_id)
        return {**record, "filed": {"record_id": record_id, **filed}}

    return {
        name: [numbered(name, record) for record in listed] if isinstance(listed, list) else listed
        for name, listed in lists.items()
    }


def _items(listed: object) -> list[object]:
    return listed if isinstance(listed, list) else []


def _filing(record: object) -> dict[str, Any] | None:
    """The filing of a record; None if there is none, or if a key is given twice."""
    filed = record.get("filed") if _is_object(record) else None
    return filed if _is_object(filed) else None


def _is_object(plain: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(plain, dict) and not isinstance(plain, Repetitive)

"""Diversions: where they stand on a day, and requests about one."""

from datetime import date

from attrs import evolve

from rehabcore.care.diversion import diversions_on
from rehabcore.care.diversion_requests import (
    DiversionRequest,
    diversion_act_of,
    require_allowed_in_diversion,
)
from rehabcore.care.moves.progress import transitions_on
from rehabcore.casework.arguments import WORDS, verb
from rehabcore.casework.filing import filed_in, require_alive
from rehabcore.casework.grounding import grounds_of, stamped
from rehabcore.casework.stay_results import DiversionResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.records import CaseFile
from rehabcore.records.changes import standing_for
from rehabcore.strict.checked import checked_with


@verb
def diversion(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    strict: bool = False,
) -> DiversionResult:
    """Tell where every diversion of a person stands on a day.

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
    (view,) = facts.views(on=on)
    seen = transitions_on(facts.view, jurisdiction.moves, on)
    return DiversionResult(
        grounds=grounds_of(jurisdiction, stamp, facts, (), ()),
        case_id=case.case_id,
        diversions=diversions_on(view, seen, on),
    )


@checked_with(WORDS | {DiversionRequest: "a DiversionRequest"})
def request_diversion(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    request: DiversionRequest,
    *,
    strict: bool = False,
) -> CaseFile:
    """Do something in a diversion, if it is allowed: the new case file, with the act.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        request: what is to be done.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the request does not fit the file, or the file is wrong.
        RequestRefused: it is not allowed; every reason is told. Nothing was changed.
    """
    facts = jurisdiction.facts_of(case, strict=strict)
    (view,) = facts.views(on=request.on)
    require_alive(view, request.on)
    request = evolve(request, diversion=standing_for(case, request.diversion, request.on))
    seen = transitions_on(facts.view, jurisdiction.moves, request.on)
    require_allowed_in_diversion(view, seen, request)
    after, _ = filed_in(case, jurisdiction, diversion_act_of(case, request), strict=strict)
    return after

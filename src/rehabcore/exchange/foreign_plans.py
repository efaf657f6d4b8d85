"""Plans of other software: read so far as that is safe, and what is amiss told beside them.

A hash that is wrong or lacks is a finding, so that the laws of plans still look at the rest. What
has a wrong type, or refers to nothing, cannot be read and is refused.
"""

from collections.abc import Iterator
from typing import Any

from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.laws.law import LawFinding
from rehabcore.exchange.country_parts import canonical_data, contents_of
from rehabcore.exchange.envelopes import digest_of, read
from rehabcore.exchange.inputs import Input, plain_of
from rehabcore.plans import PlanContent
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import refuse
from rehabcore.strict.structure import refuse_repeated_keys


@frozen(kw_only=True)
@checked
class PlanRead:
    """The book or the content of a plan as a file has it, and what is amiss with the file."""

    plan: PlanBook | PlanContent
    findings: tuple[LawFinding, ...]


def read_plan(source: Input) -> PlanRead:
    """Read the book or the content of a plan that may come from other software.

    Args:
        source: as for ``read``; the envelope may lack as well.

    Raises:
        InputError: it is not JSON, no book or content of a plan, or has what cannot be read.
    """
    document = plain_of(source)
    if not isinstance(document, dict):
        refuse(document, "wrong_type", "an object: the book or the content of a plan", secret=True)
    refuse_repeated_keys(document)
    if not document.keys() & {"schema", "data"}:
        name = "plan_book/1" if "plan_id" in document else "plan_content/1"
        document = {"schema": name, "data": document}
    findings = tuple(_amiss(document))
    if findings:
        document = document | {"sha256": _digest(document)}
    plan = read(document)
    if not isinstance(plan, PlanBook | PlanContent):
        expected = '"plan_book/1" or "plan_content/1"'
        refuse(document["schema"], "unknown_schema", expected, path="schema")
    return PlanRead(plan=plan, findings=findings)


def _amiss(document: dict[str, Any]) -> Iterator[LawFinding]:
    """The finding about the hash of a book: what is read may not be what was written."""
    if document.get("schema") == "plan_book/1" and "data" in document:
        digest = document.get("sha256")
        if digest != _digest(document):
            lacks = "the hash of the book, which is not there"
            altered = "the hash of this book: it was altered after it was written"
            yield LawFinding(
                law_id="P14",
                place="sha256",
                expected=lacks if digest is None else altered,
                answer=Answer.UNKNOWN if digest is None else Answer.NOT_MET,
            )


def _digest(document: dict[str, Any]) -> str:
    data = document["data"]
    return digest_of(document["schema"], canonical_data(data, contents_of(data)))

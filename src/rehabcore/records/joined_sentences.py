"""Whether the sentences that courts joined can be joined as they say.

A court may join its sentence to that of another court. Whether joined sentences are added up is
the country's to say, and not asked here.
"""

from collections.abc import Iterable, Iterator, Mapping

from rehabcore.records.faults import Fault, contradicting, without_links
from rehabcore.records.person import MOST_JOINED, Sentence
from rehabcore.rules.time.days import Ending
from rehabcore.rules.time.partial import first_of, last_of
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import RecordId


def problems_of_joins(entries: Iterable[tuple[str, Sentence]]) -> Iterator[Problem | Fault]:
    """The problems of sentences that name each other; ids that lead nowhere are not among them.

    Where two courts contradict each other, it is a fault of the sentence that names the other.

    Args:
        entries: the sentences that stand, each with its path in the file.
    """
    listed = list(entries)
    by_id = {sentence.filed.record_id: sentence for _, sentence in listed}
    for path, sentence in listed:
        before = by_id.get(sentence.consecutive_to) if sentence.consecutive_to else None
        if before is not None:
            place = f"{path}.consecutive_to"
            errors = tuple(_in_a_row(place, sentence, by_id))
            wrong = () if errors else tuple(_wrong_day(place, sentence, before))
            without = without_links(sentence, "consecutive_to", ())
            yield from (*errors, *contradicting(wrong, sentence, [before], without))
        for index, named in enumerate(sentence.concurrent_with):
            other, place = by_id.get(named), f"{path}.concurrent_with[{index}]"
            if other is not None and not _may_overlap(sentence, other):
                expected = "a sentence that runs at the same time"
                wrong = (_problem("contradicts_itself", place, expected),)
                without = without_links(sentence, "concurrent_with", (named,))
                yield from contradicting(wrong, sentence, [other], without)


def _in_a_row(
    place: str, sentence: Sentence, by_id: Mapping[RecordId, Sentence]
) -> Iterator[Problem]:
    """The problems of a sentence that follows others: a circle, or a row too long."""
    row = _row_before(sentence, by_id)
    if row[-1].consecutive_to == sentence.filed.record_id:
        yield _problem("circle", place, "sentences that do not lead back to this one")
    elif len(row) > MOST_JOINED:
        yield _problem("too_large", place, f"at most {MOST_JOINED} sentences in a row")


def _wrong_day(place: str, sentence: Sentence, before: Sentence) -> Iterator[Problem]:
    """The problem of a sentence that does not begin when the one before it ends."""
    if isinstance(before.end, Ending):
        if before.end is Ending.OPEN:
            yield _problem("contradicts_itself", place, "a sentence that ends")
    elif last_of(sentence.start) < first_of(before.end):
        yield _problem("contradicts_itself", place, "a sentence that has ended when this begins")
    elif last_of(before.end) < first_of(sentence.start):
        yield _problem("contradicts_itself", place, "a sentence that ends when this begins")


def _row_before(sentence: Sentence, by_id: Mapping[RecordId, Sentence]) -> list[Sentence]:
    """The sentence and those before it in its row, this one first, up to one more than may be.

    A row that leads back to the sentence ends with the one that does.
    """
    row = [sentence]
    while len(row) <= MOST_JOINED:
        named = row[-1].consecutive_to
        if named is None or named == sentence.filed.record_id or named not in by_id:
            break
        row.append(by_id[named])
    return row


def _may_overlap(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences may run on one day."""
    return one.filed.record_id != other.filed.record_id and all(
        isinstance(earlier.end, Ending) or first_of(later.start) < last_of(earlier.end)
        for earlier, later in ((one, other), (other, one))
    )


def _problem(code: str, path: str, expected: str) -> Problem:
    return Problem(code=code, path=path, found="the id of another sentence", expected=expected)

"""Whether the sentences that courts joined can be joined as they say.

A court may join its sentence to that of another court. Whether joined sentences are added up is
the country's to say, and not asked here.
"""

from collections import defaultdict
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
    first = _told_first(by_id)
    rows = _rows(by_id, first)
    for path, sentence in listed:
        own = first[sentence.filed.record_id]
        before = by_id.get(sentence.consecutive_to) if sentence.consecutive_to else None
        if before is not None:
            place = f"{path}.consecutive_to"
            errors = tuple(_in_a_row(place, own, first[before.filed.record_id], rows))
            wrong = () if errors else tuple(_wrong_day(place, sentence, before))
            without = without_links(sentence, "consecutive_to", ())
            yield from (*errors, *contradicting(wrong, sentence, [before], without))
        for index, named in enumerate(sentence.concurrent_with):
            other, place = by_id.get(named), f"{path}.concurrent_with[{index}]"
            if other is not None and (first[named] == own or not _may_overlap(sentence, other)):
                expected = "another sentence, which runs at the same time"
                wrong = (_problem("contradicts_itself", place, expected),)
                without = without_links(sentence, "concurrent_with", (named,))
                # Who tells the other again says both, whoever filed the other.
                offices = [] if sentence.filed.same_as == named else [other]
                yield from contradicting(wrong, sentence, offices, without)


def _rows(
    by_id: Mapping[RecordId, Sentence], first: Mapping[RecordId, RecordId]
) -> Mapping[RecordId, set[RecordId]]:
    """For each sentence those that it follows; all by the record that tells them first."""
    rows: dict[RecordId, set[RecordId]] = defaultdict(set)
    for own, sentence in by_id.items():
        if sentence.consecutive_to is not None and sentence.consecutive_to in by_id:
            rows[first[own]].add(first[sentence.consecutive_to])
    return rows


def _in_a_row(
    place: str, own: RecordId, before: RecordId, rows: Mapping[RecordId, set[RecordId]]
) -> Iterator[Problem]:
    """The problems of a sentence that follows others: a circle, or a row too long."""
    row, ahead = {own}, [before]
    while ahead and len(row) <= MOST_JOINED:
        named = ahead.pop()
        if named == own:
            yield _problem("circle", place, "sentences that do not lead back to this one")
            return
        if named not in row:
            row.add(named)
            ahead += sorted(rows.get(named, ()))
    if len(row) > MOST_JOINED:
        yield _problem("too_large", place, f"at most {MOST_JOINED} sentences in a row")


def _told_first(by_id: Mapping[RecordId, Sentence]) -> Mapping[RecordId, RecordId]:
    """For each record the id of that which tells the sentence first, as those name each other."""
    first: dict[RecordId, RecordId] = {}
    for record_id in by_id:
        chain, last = set[RecordId](), record_id
        while last in by_id and last not in first and last not in chain:
            chain.add(last)
            last = by_id[last].filed.same_as or last
        first |= dict.fromkeys(chain, first.get(last, last))
    return first


def _wrong_day(place: str, sentence: Sentence, before: Sentence) -> Iterator[Problem]:
    """The problem of a sentence that does not begin when the one before it ends."""
    if isinstance(before.end, Ending):
        if before.end is Ending.OPEN:
            yield _problem("contradicts_itself", place, "a sentence that ends")
    elif last_of(sentence.start) < first_of(before.end):
        yield _problem("contradicts_itself", place, "a sentence that has ended when this begins")
    elif last_of(before.end) < first_of(sentence.start):
        yield _problem("contradicts_itself", place, "a sentence that ends when this begins")


def _may_overlap(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences may run on one day."""
    return all(
        isinstance(earlier.end, Ending) or first_of(later.start) < last_of(earlier.end)
        for earlier, later in ((one, other), (other, one))
    )


def _problem(code: str, path: str, expected: str) -> Problem:
    return Problem(code=code, path=path, found="the id of another sentence", expected=expected)

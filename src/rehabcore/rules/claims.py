"""What several records say of one fact, settled into one cell for every day.

Records that agree are all evidence; records that contradict make the fact disputed on the days on
which they do. A record that leaves a fact open never contradicts one that answers it. Where only a
span of unsure end may still hold, the fact is missing, not assumed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from attrs import field, frozen

from rehabcore.rules.days import ONE_DAY, OPEN, UNSURE, End, Span
from rehabcore.rules.facts import Cell, Known, Unknown, Value
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind


@frozen
class Claim:
    """One record's word: this value, or this kind of not knowing, over this span.

    ``span`` None means on every day.
    """

    record_id: str
    span: Span | None
    says: Value | UnknownKind = field(repr=False)

    def certainly(self, day: date) -> bool:
        """Whether the record certainly speaks of the day."""
        return self.span is None or day in self.span

    def may_hold(self, day: date) -> bool:
        """Whether the record speaks of the day, or may: its span began and has no known end."""
        if self.span is not None and self.span.end is UNSURE:
            return self.span.start <= day
        return self.certainly(day)


def finding(
    record_id: str, says: Value, found_on: date, *, expires: End, replaced: date | None
) -> Iterator[Claim]:
    """What a dated finding claims: its value until it expires or a newer finding replaces it.

    Once it has expired it is stale. If nobody recorded when it expires, it certainly holds on its
    first day only.
    """
    if isinstance(expires, date) and (replaced is None or expires < replaced):
        yield Claim(record_id, Span(found_on, expires), says)
        yield Claim(record_id, Span(expires, replaced or OPEN), UnknownKind.STALE)
    elif expires is UNSURE and replaced is not None:
        next_day = found_on + ONE_DAY
        yield Claim(record_id, Span(found_on, next_day), says)
        if next_day < replaced:
            yield Claim(record_id, Span(next_day, replaced), UnknownKind.MISSING)
    else:
        yield Claim(record_id, Span(found_on, replaced or expires), says)


def settle(claims: Iterable[Claim], absent: Cell) -> Timeline[Cell]:
    """The cells of a fact of which the claims speak; ``absent`` where none does."""
    edges: dict[date, list[Claim]] = defaultdict(list)
    for claim in claims:
        edges[claim.span.start if claim.span else date.min].append(claim)
        if claim.span is not None and claim.span.certain_end is not None:
            edges[claim.span.certain_end].append(claim)
    active: list[Claim] = []
    cells: dict[date, Cell] = {}
    for day in sorted({date.min, *edges}):
        active = [claim for claim in (*active, *edges.get(day, ())) if claim.may_hold(day)]
        cells[day] = _cell(active, day, absent)
    return Timeline.of_changes(cells, lambda day: cells[day])


def _cell(active: list[Claim], day: date, absent: Cell) -> Cell:
    certain = [claim for claim in active if claim.certainly(day)]
    sure = [claim for claim in certain if not isinstance(claim.says, UnknownKind)]
    values = {claim.says for claim in sure}
    if len(values) > 1:
        return Unknown(UnknownKind.DISPUTED, evidence=_ids(sure))
    if sure:
        return Known(values.pop(), evidence=_ids(sure))
    for kind in UnknownKind:
        unsure = [claim for claim in certain if claim.says is kind]
        if unsure:
            return Unknown(kind, evidence=_ids(unsure))
    return Unknown(UnknownKind.MISSING, evidence=_ids(active)) if active else absent


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The ids of the records, each once, in an order that does not depend on the file's."""
    return tuple(sorted({claim.record_id for claim in claims}))

"""What several records say of one fact, settled into one cell for every day.

Records that agree are all evidence; records that contradict make the fact disputed on the days on
which they do. A record that leaves a fact open never contradicts one that answers it. Where only a
span of unsure end may still hold, the fact is missing, not assumed.
"""

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from rehabcore.rules.days import UNSURE, Span
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

    def perhaps(self, day: date) -> bool:
        """Whether the record may speak of the day: its span began and has no known end."""
        return self.span is not None and self.span.end is UNSURE and self.span.start <= day


def settle(claims: Iterable[Claim], absent: Cell) -> Timeline[Cell]:
    """The cells of a fact of which the claims speak; ``absent`` where none does."""
    claims = tuple(claims)

    def cell(day: date) -> Cell:
        certain = [claim for claim in claims if claim.certainly(day)]
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
        open_ended = [claim for claim in claims if claim.perhaps(day)]
        if open_ended:
            return Unknown(UnknownKind.MISSING, evidence=_ids(open_ended))
        return absent

    return Timeline.of_changes(_edges(claims), cell)


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(claim.record_id for claim in claims)


def _edges(claims: Iterable[Claim]) -> Iterable[date]:
    for claim in claims:
        if claim.span is not None:
            yield claim.span.start
            if claim.span.certain_end is not None:
                yield claim.span.certain_end

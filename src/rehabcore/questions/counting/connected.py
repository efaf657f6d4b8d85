"""Groups of things, of which each is joined to another of its group."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rehabcore.records import Filed


def connected(number: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The places below ``number`` in groups, of which each pair joins two; all in order."""
    leader = list(range(number))

    def lead_of(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    for one, other in pairs:
        leader[lead_of(one)] = lead_of(other)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(number):
        groups[lead_of(place)].append(place)
    return list(groups.values())


def telling_the_same(filings: Iterable[Filed]) -> Iterator[tuple[int, int]]:
    """The pairs of places of records that tell one thing, as ``same_as`` says.

    Several that tell again what was taken back still tell one thing.
    """
    listed = list(filings)
    places = {filed.record_id: place for place, filed in enumerate(listed)}
    for place, filed in enumerate(listed):
        if filed.same_as is not None:
            yield place, places.setdefault(filed.same_as, place)

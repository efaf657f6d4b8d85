"""The differences between two versions of a rule, node by node.

Nodes of the two versions are matched: first those with the same id or the same text, then
comparisons of the same fact and groups of the same kind. The order of parts does not matter. That
another version of the pack states a node does not count as a difference.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from enum import StrEnum

from rehabcore.rules.criteria import AllOf, AnyOf, AtLeast, Compare, Criterion, Not, parts_of
from rehabcore.strict.frozen import frozen


class AmendmentKind(StrEnum):
    """Whether a node was added, removed or changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@frozen(kw_only=True)
class Amendment:
    """One node that differs between two versions of a rule.

    ``path`` leads to it in the table of the rule, such as ``all[0].any[1]``, and is empty for the
    whole rule. It is a path in the earlier version, or in the later one if the node was added.
    ``keys`` are the keys of its table that differ. There are none if the node was added or removed,
    which includes everything below it.
    """

    kind: AmendmentKind
    path: str
    before: Criterion | None = None
    after: Criterion | None = None
    keys: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the node, empty if it has none."""
        nodes = [node for node in (self.before, self.after) if node is not None]
        return next((node.about.id for node in nodes if node.about.id), "")


def amendments(before: Criterion, after: Criterion) -> tuple[Amendment, ...]:
    """Every node that was changed, removed or added, in the order of the rule, added ones last."""
    return tuple(_compare(before, after, "", ""))


def _compare(before: Criterion, after: Criterion, old: str, new: str) -> Iterator[Amendment]:
    """The differences from here down; ``old`` and ``new`` are the paths to the two nodes."""
    said, says = _table(before), _table(after)
    keys = tuple(sorted(key for key in {*said, *says} if said.get(key) != says.get(key)))
    if keys:
        yield Amendment(kind=AmendmentKind.CHANGED, path=old, before=before, after=after, keys=keys)
    parts, others = parts_of(before), parts_of(after)
    same = _same(parts, others)
    for index, part in enumerate(parts):
        place = _below(before, old, index)
        if index in same:
            other = same[index]
            yield from _compare(part, others[other], place, _below(after, new, other))
        else:
            yield Amendment(kind=AmendmentKind.REMOVED, path=place, before=part)
    for index, part in enumerate(others):
        if index not in same.values():
            yield Amendment(kind=AmendmentKind.ADDED, path=_below(after, new, index), after=part)


def _table(node: Criterion) -> dict[str, object]:
    """The keys of a node's own table, without its parts; keys left out are None."""
    about = node.about
    said: dict[str, object] = {
        "id": about.id or None,
        "title": about.title,
        "cite": about.cite or None,
        "in_force": about.in_force,
        "status": about.status,
    }
    match node:
        case Compare():
            asked = node.asked
            compared = {node.operator.value: node.operand, "leap_day": node.leap_day}
            return {**said, "fact": asked.fact, **dict(asked.given), **compared}
        case AtLeast():
            return {**said, "of": True, "at_least": node.count}
        case _:
            return {**said, _PARTS[type(node)]: True}


_PARTS: dict[type, str] = {AllOf: "all", AnyOf: "any", AtLeast: "of", Not: "not"}


def _below(group: Criterion, path: str, index: int) -> str:
    place = "not" if isinstance(group, Not) else f"{_PARTS[type(group)]}[{index}]"
    return f"{path}.{place}" if path else place


def _same(parts: tuple[Criterion, ...], others: tuple[Criterion, ...]) -> dict[int, int]:
    """Match the parts of one group with those of another, by their places in each."""
    # Sure matches go first. Otherwise a part that merely asks the same fact could take the place
    # of the one that is the same, and both would be told as changed.
    same: dict[int, int] = {}
    for alike in (_name, _kind):
        free = _by(alike, others, taken=frozenset(same.values()))
        for index, part in enumerate(parts):
            if index not in same and free[alike(part)]:
                same[index] = free[alike(part)].pop(0)
    return same


def _by(
    alike: Callable[[Criterion], Hashable], parts: tuple[Criterion, ...], taken: frozenset[int]
) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index, part in enumerate(parts):
        if index not in taken:
            places[alike(part)].append(index)
    return places


def _name(node: Criterion) -> Hashable:
    return node.about.id or str(node)


def _kind(node: Criterion) -> Hashable:
    """The fact that a comparison asks; of a group, its id and type."""
    if isinstance(node, Compare):
        return node.asked.fact.name, node.asked.given
    return node.about.id, type(node)

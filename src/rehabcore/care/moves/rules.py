"""The kinds of moves that a country knows, and what must hold for one."""

from collections.abc import Iterable, Mapping

from attrs import evolve

from rehabcore.programs import alive
from rehabcore.rules.criteria import About, AllOf, Compare, Criterion, ask, named
from rehabcore.rules.facts import Fact, Operator
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.strict.checked import checked, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import LegalStatus, Setting


@frozen(kw_only=True)
@checked
class MoveRule:
    """A kind of move that a country knows: from where, to where, and what must hold.

    The person must have one of the legal statuses ``status_from``; the move gives ``status_to``.
    ``guard`` is the rule that must be met on the day besides. ``origin`` is the country pack, with
    its version.
    """

    move_id: str
    title: Text
    setting_from: Setting
    setting_to: Setting
    status_from: frozenset[LegalStatus]
    status_to: LegalStatus
    guard: Criterion
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT
    origin: str = ""

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "move_id")
        if not self.status_from:
            yield Problem.of([], "empty_group", "at least one legal status", path="status_from")


def permission(rule: MoveRule, facts: Mapping[str, Fact]) -> AllOf:
    """The rule of a move: the person lives, and is where it begins, and its guard is met."""
    stated = About(cite=rule.cite, status=rule.status, origin=rule.origin)
    setting = Compare(
        ask(facts["setting"]),
        Operator.IS,
        rule.setting_from.value,
        about=evolve(stated, id="setting_from"),
    )
    status = Compare(
        ask(facts["legal_status"]),
        Operator.IN,
        rule.status_from,
        about=evolve(stated, id="status_from"),
    )
    guard = named("guard", rule.guard)
    about = About(id=rule.move_id, title=rule.title)
    parts = (setting, status, guard)
    return AllOf((*parts, *alive(facts, parts)), about=about)

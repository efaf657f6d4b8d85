"""The kinds of moves that a country knows, and what must hold for one."""

from collections.abc import Iterable, Mapping

from attrs import evolve

from rehabcore.programs import alive
from rehabcore.rules.criteria import About, AllOf, Compare, Criterion, ask, named
from rehabcore.rules.facts import Absence, Fact, Operator, Parameter, Shape
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import checked, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import LegalStatus, ResetReason, Setting

TAKEN_OVER, APPOINTMENT_SET, ITEM_SETTLED = "taken_over", "appointment_set", "item_settled"
"""The names of the facts that only the rule of a move asks."""


def facts_of_transitions(items: tuple[str, ...]) -> Mapping[str, Fact]:
    """The facts of a transition, by name.

    Args:
        items: the items of checklists that a country knows.
    """
    taken = Fact(
        name=TAKEN_OVER,
        shape=Shape.FLAG,
        about="Whether the office accepted this very transition, was named, or this was waived.",
        absence=Absence.NONE,
        answered_by=("receiving_office",),
    )
    appointed = Fact(
        name=APPOINTMENT_SET,
        shape=Shape.FLAG,
        about="Whether a day is set on which the receiving office expects the person.",
        absence=Absence.NONE,
        answered_by=("receiving_office",),
    )
    found = {TAKEN_OVER: taken, APPOINTMENT_SET: appointed}
    if items:
        found[ITEM_SETTLED] = Fact(
            name=ITEM_SETTLED,
            shape=Shape.FLAG,
            about="Whether an item on the checklist of the transition is done, or not waited for.",
            parameters=(Parameter(name="item", codes=items),),
            absence=Absence.NONE,
            answered_by=("holder_of_the_case",),
        )
    return found


@frozen(kw_only=True)
@checked
class MoveRule:
    """A kind of move that a country knows: from where, to where, and what must hold.

    The person must be in one of the settings ``setting_from`` and have one of the legal statuses
    ``status_from``; without any it may be every one. The move leads to ``setting_to`` and gives
    ``status_to``, if it changes the status at all. ``guard`` is the rule that must be met besides.
    If it ``needs_acceptance``, the receiving office has to take over first. ``checklist`` lists
    what is prepared, as codes of the country. ``answer_within`` is the time for an answer to a
    referral, ``contact_within`` that for the first contact after the move, and
    ``late_referral_within`` that in which an office may still be asked after it. ``resets`` is why
    the pathways of resettlement begin anew after it; None if it is no return to prison. ``origin``
    is the country pack, with its version.
    """

    move_id: str
    title: Text
    setting_from: frozenset[Setting]
    setting_to: Setting
    status_from: frozenset[LegalStatus] = frozenset()
    status_to: LegalStatus | None = None
    guard: Criterion | None = None
    needs_acceptance: bool = True
    checklist: tuple[str, ...] = ()
    answer_within: Term | None = None
    contact_within: Term | None = None
    late_referral_within: Term | None = None
    resets: ResetReason | None = None
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT
    origin: str = ""

    @property
    def is_release(self) -> bool:
        """Whether people leave custody by it for the community."""
        return Setting.CUSTODY in self.setting_from and self.setting_to is Setting.COMMUNITY

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "move_id")
        if not self.setting_from:
            yield Problem.of([], "empty_group", "at least one setting", path="setting_from")
        if len(set(self.checklist)) < len(self.checklist):
            yield Problem.of(self.checklist, "repeated_item", "each once", path="checklist")
        for name in ("answer_within", "contact_within", "late_referral_within"):
            if getattr(self, name) == Term():
                yield Problem.of("0 days", "out_of_range", "some time", path=name)


def permission(rule: MoveRule, facts: Mapping[str, Fact]) -> AllOf:
    """The rule of a move: the person lives, may go from here, and can go.

    Args:
        rule: the move, as the country states it.
        facts: the facts of the country, and those of transitions.
    """
    stated = About(cite=rule.cite, status=rule.status, origin=rule.origin)
    settings = frozenset(setting.value for setting in rule.setting_from)
    parts: list[Criterion] = [
        Compare(ask(facts["setting"]), Operator.IN, settings, about=_named(stated, "setting_from"))
    ]
    if rule.status_from:
        asked, about = ask(facts["legal_status"]), _named(stated, "status_from")
        parts.append(Compare(asked, Operator.IN, rule.status_from, about=about))
    if rule.guard is not None:
        parts.append(named("guard", rule.guard))
    if rule.needs_acceptance:
        parts += (_holds(facts[name], _named(stated, name)) for name in _OF_ACCEPTANCE)
    for item in rule.checklist:
        asked = ask(facts[ITEM_SETTLED], item=item)
        parts.append(Compare(asked, Operator.IS, True, about=_named(stated, item)))
    about = About(id=rule.move_id, title=rule.title)
    return AllOf((*parts, *alive(facts, parts)), about=about)


_OF_ACCEPTANCE = (TAKEN_OVER, APPOINTMENT_SET)


def _named(stated: About, name: str) -> About:
    return evolve(stated, id=name)


def _holds(fact: Fact, about: About) -> Compare:
    return Compare(ask(fact), Operator.IS, True, about=about)

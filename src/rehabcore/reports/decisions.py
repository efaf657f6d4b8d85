"""Decisions, and their differences from the answers of today, as documents.

The decider, and their reason in their own words, are kept with the decision and not shown here.
"""

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from rehabcore.casework.decisions import (
    Comparison,
    Decision,
    Difference,
    FactChange,
    RecordChange,
    Since,
)
from rehabcore.reports.pages import Block, Folded, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.rules.criteria import NOTHING_SAID, Criterion, parts_of
from rehabcore.rules.facts import Cell, Fact, Known
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.near.amendments import Amendment, AmendmentKind
from rehabcore.rules.time.days import End


def describe_decision(decision: Decision, phrasing: Phrasing) -> Iterator[Block]:
    """Describe what was asked, answered and decided, with the reasons of the answer."""
    say, answer = phrasing.wording.say, _answer(decision.verdict, phrasing)
    yield _title("decision.title", decision, phrasing)
    yield Paragraph(say("decision.asked", on=decision.verdict.on.isoformat(), answer=answer))
    yield Paragraph(say("decision.person"))
    yield from _override(decision, phrasing)
    if decision.review_on is not None:
        yield Paragraph(say("decision.review", day=decision.review_on.isoformat()))
    if decision.effect is not None:
        yield Paragraph(say("decision.effect", days=phrasing.days(decision.effect)))
    else:
        yield Paragraph(say("decision.no_effect", days=phrasing.days(decision.episode)))
    yield Heading(2, say("decision.answer", answer=answer))
    yield Listing(phrasing.deciding(decision.verdict))
    if phrasing.full:
        yield Folded(say("part.proof"), phrasing.reasons(decision.verdict))


def describe_comparison(comparison: Comparison, phrasing: Phrasing) -> Iterator[Block]:
    """Describe in what the answer of today differs from that of a decision, and why."""
    say, decision = phrasing.wording.say, comparison.decision
    before = evolve(phrasing, grounds=decision.grounds)
    yield _title("comparison.title", decision, before)
    told = tuple(
        Item(_difference(difference, comparison, before, phrasing))
        for difference in comparison.differences()
    )
    yield Listing(told) if told else Paragraph(say("comparison.nothing"))
    if comparison.rule:
        yield Heading(2, say("comparison.rule"))
        yield Listing(tuple(_amendment(each, before, phrasing) for each in comparison.rule))
    if comparison.facts:
        yield Heading(2, say("comparison.facts"))
        yield Listing(tuple(_fact(each, before, phrasing) for each in comparison.facts))


def _title(key: str, decision: Decision, phrasing: Phrasing) -> Heading:
    outcome = phrasing.wording.say(f"decided.{decision.outcome.value}")
    program, day = phrasing.program(decision.program_id), decision.decided_on.isoformat()
    return Heading(1, phrasing.wording.say(key, program=program, outcome=outcome, day=day))


def _answer(verdict: Verdict, phrasing: Phrasing) -> str:
    return phrasing.wording.say(f"answer.{verdict.answer.value}")


def _override(decision: Decision, phrasing: Phrasing) -> Iterator[Block]:
    override, say = decision.override, phrasing.wording.say
    if override is None:
        yield Paragraph(say("decision.no_override"))
        return
    yield Paragraph(
        say(
            "decision.override",
            reason=override.reason,
            authority=override.authority,
            expires=_expiry(override.expires, phrasing),
        )
    )


def _expiry(end: End, phrasing: Phrasing) -> str:
    say = phrasing.wording.say
    if isinstance(end, date):
        return say("decision.expires", end=end.isoformat())
    return say("decision.no_expiry")


# --- differences --------------------------------------------------------------------------


def _difference(
    difference: Difference, comparison: Comparison, before: Phrasing, now: Phrasing
) -> str:
    """One difference as a sentence; parts of the rule and facts follow below it."""
    then, today = comparison.decision.grounds.stamp, comparison.grounds.stamp
    earlier, later = comparison.decision, comparison
    told: dict[str, str] = {}
    if later.verdict is not None and difference is Difference.ANSWER:
        told = {"before": _answer(earlier.verdict, before), "now": _answer(later.verdict, now)}
    elif later.episode is not None and difference is Difference.EPISODE:
        told = {"before": before.days(earlier.episode), "now": now.days(later.episode)}
    elif difference is Difference.PACKS:
        told = {"before": ", ".join(then.packs), "now": ", ".join(today.packs)}
    elif difference is Difference.LIBRARY:
        told = {"before": then.library, "now": today.library}
    return now.wording.say(f"difference.{difference.value}", **told)


def _amendment(amendment: Amendment, before: Phrasing, now: Phrasing) -> Item:
    nodes: list[tuple[str, Criterion | None, Phrasing]] = [
        ("before", amendment.before, before),
        ("now", amendment.after, now),
    ]
    below: list[Item] = []
    for key, node, phrasing in nodes:
        if node is not None:
            words = _node(node, amendment.keys, phrasing)
            parts = () if amendment.kind is AmendmentKind.CHANGED else _parts(node, phrasing)
            below.append(Item(now.wording.say(f"comparison.{key}", what=words), parts))
    place = amendment.path or now.wording.say("comparison.whole")
    keys = f" ({', '.join(amendment.keys)})" if amendment.keys else ""
    kind = now.wording.say(f"amended.{amendment.kind.value}")
    return Item(f"{kind}: {place}{keys}", tuple(below))


def _parts(group: Criterion, phrasing: Phrasing) -> tuple[Item, ...]:
    """Everything below a node that was added or removed as a whole."""
    return tuple(
        Item(_node(part, (), phrasing), _parts(part, phrasing)) for part in parts_of(group)
    )


def _node(node: Criterion, keys: tuple[str, ...], phrasing: Phrasing) -> str:
    """A node with its title and meaning; also its days of law, if they were changed."""
    called, says = phrasing.heading(node), phrasing.heading(evolve(node, about=NOTHING_SAID))
    words = called if says in called else f"{called}: {says}"
    if "in_force" not in keys or node.about.in_force is None:
        return words
    return f"{words} ({phrasing.dates(node.about.in_force)})"


def _fact(change: FactChange, before: Phrasing, now: Phrasing) -> Item:
    say, fact = now.wording.say, change.asked.fact
    below = [
        Item(say("comparison.before", what=_cell(fact, change.before, before))),
        Item(say("comparison.now", what=_cell(fact, change.after, now))),
        *(Item(_record(record, now)) for record in change.records),
        *([Item(say("comparison.rewritten"))] if change.rewritten else []),
    ]
    return Item(now.fact(fact, dict(change.asked.given)), tuple(below))


def _cell(fact: Fact, cell: Cell, phrasing: Phrasing) -> str:
    """A cell in words, with the records it rests on; an identifying value is not shown."""
    say = phrasing.wording.say
    words, notes = _found(fact, cell, phrasing), list[str]()
    if isinstance(cell, Known):
        notes += phrasing.assumed(cell)
    if cell.evidence:
        notes.append(say("reason.evidence", records=", ".join(cell.evidence)))
    return "; ".join([words, *notes])


def _found(fact: Fact, cell: Cell, phrasing: Phrasing) -> str:
    say = phrasing.wording.say
    if isinstance(cell, Known):
        if fact.identifying:
            return say("comparison.not_shown")
        if isinstance(cell.value, bool):
            return say("flag.true" if cell.value else "flag.false")
        return phrasing.value(fact, cell.value)
    if cell.between is None or fact.identifying:
        return phrasing.why(cell)
    return phrasing.between(fact, *cell.between)


def _record(change: RecordChange, phrasing: Phrasing) -> str:
    correction = change.since is Since.FILED and change.other is not None
    key = "filed_as_correction" if correction else change.since.value
    return phrasing.wording.say(
        f"since.{key}", record=change.record_id, other=change.other or change.record_id
    )

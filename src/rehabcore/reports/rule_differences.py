"""The people to whom two rules give different answers, kind by kind, in words."""

from collections.abc import Iterator

from rehabcore.casework.difference_results import DifferenceResult
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import with_notes
from rehabcore.rules.criteria import Compare
from rehabcore.rules.differences.kinds import Parting, PersonKind, Trait, ValueRange
from rehabcore.rules.facts import Fact, Shape, Unknown, Value
from rehabcore.rules.time.days import ONE_DAY, LeapDay, Span


def describe_kinds(result: DifferenceResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe each kind of people: what decides, how the answers part, and an example."""
    say, found = phrasing.wording.say, result.difference
    yield Heading(1, say("rule_difference.title", on=found.on.isoformat()))
    rules = {"before": phrasing.heading(found.before), "after": phrasing.heading(found.after)}
    yield Paragraph(say("rule_difference.rules", **rules))
    if result.earlier != result.grounds.stamp.packs:
        packs = {"before": result.earlier, "after": result.grounds.stamp.packs}
        told = {name: ", ".join(some) for name, some in packs.items()}
        yield Paragraph(say("rule_difference.versions", **told))
    if found.searched != Span(found.on, found.on + ONE_DAY):
        days = "alike_before" if found.kinds else "alike_throughout"
        start, end = found.searched.start, found.searched.certain_end
        yield Paragraph(say(f"rule_difference.{days}", start=str(start), end=str(end)))
    key = ("proved" if found.proved else "found") if found.kinds else _NONE[found.proved]
    yield Paragraph(say(f"rule_difference.{key}", weighed=str(found.weighed)))
    for number, kind in enumerate(found.kinds, start=1):
        what = "; ".join(_compare(compare, phrasing) for compare in kind.asks)
        yield Heading(2, say("rule_difference.kind", number=str(number), what=what))
        yield Listing(tuple(_parting(parting, kind, phrasing) for parting in kind.partings))


_NONE = {True: "none_proved", False: "none_found"}


def _compare(compare: Compare, phrasing: Phrasing) -> str:
    """A comparison with its meaning, by which two of one title differ."""
    title, meaning = phrasing.heading(compare), phrasing.meaning(compare)
    later = compare.leap_day is LeapDay.MARCH_1
    notes = [
        *([meaning] if title != meaning else []),
        *([phrasing.wording.say("rule_difference.march_1")] if later else []),
    ]
    return with_notes(title, notes)


def _parting(parting: Parting, kind: PersonKind, phrasing: Phrasing) -> Item:
    """One way in which the answers part; what the kind is about comes first."""
    say = phrasing.wording.say
    answers = {"before": parting.before, "after": parting.after}
    words = {name: say(f"answer.{answer.value}") for name, answer in answers.items()}
    traits = sorted(parting.traits, key=lambda trait: not _is_of(trait, kind))
    below = tuple(_trait(trait, phrasing) for trait in traits)
    return Item(say("rule_difference.turns", **words), below, parting.after.value)


def _is_of(trait: Trait, kind: PersonKind) -> bool:
    return any(reply.compare in kind.asks for reply in trait.replies)


def _trait(trait: Trait, phrasing: Phrasing) -> Item:
    say, fact = phrasing.wording.say, trait.asked.fact
    replies = [
        say(
            "rule_difference.reply",
            what=_compare(reply.compare, phrasing),
            answer=say(f"answer.{reply.answer.value}"),
        )
        for reply in trait.replies
    ]
    return Item(with_notes("; ".join(replies), _known(trait, fact, phrasing)))


def _known(trait: Trait, fact: Fact, phrasing: Phrasing) -> Iterator[str]:
    """The values that answer so, and an example where they are many; else what may be known."""
    say, cell = phrasing.wording.say, trait.cell
    if isinstance(cell, Unknown):
        if cell.between is None:
            yield say("rule_difference.nothing_known")
        else:
            first, last = (phrasing.value(fact, end) for end in cell.between)
            yield say("rule_difference.known_between", first=first, last=last)
    elif fact.shape is not Shape.FLAG:
        values = ", ".join(_range(some, fact, phrasing) for some in trait.values)
        yield say("rule_difference.values", values=values)
        if any(some.first != some.last for some in trait.values):
            yield say("rule_difference.example", value=_value(fact, cell.value, phrasing))


def _range(some: ValueRange, fact: Fact, phrasing: Phrasing) -> str:
    ends = {
        name: _value(fact, end, phrasing)
        for name, end in (("first", some.first), ("last", some.last))
        if end is not None
    }
    if some.first == some.last:
        return ends["first"]
    return phrasing.wording.say(f"rule_difference.{_RANGE[tuple(ends)]}", **ends)


_RANGE = {("first", "last"): "range", ("first",): "from_on", ("last",): "up_to"}


def _value(fact: Fact, value: Value, phrasing: Phrasing) -> str:
    if value == frozenset():
        return phrasing.wording.say("rule_difference.no_code")
    return phrasing.value(fact, value)

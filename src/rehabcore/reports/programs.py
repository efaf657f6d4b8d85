"""A programme as its country describes it, and rules without a person to judge."""

from collections.abc import Iterator

from rehabcore.programs import Program
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.rules.criteria import Criterion, parts_of


def describe_program(program: Program, rule: Criterion, phrasing: Phrasing) -> Iterator[Block]:
    """Describe what a programme is for, who delivers it, and all that its admission rule asks."""
    yield Heading(1, phrasing.wording.title(program.title))
    if program.about is not None:
        yield Paragraph(phrasing.wording.title(program.about))
    if about := tuple(_about(program, phrasing)):
        yield Listing(about)
    yield Heading(2, phrasing.wording.say("program.entry"))
    yield Listing(tuple(map(phrasing.rule, parts_of(rule))))


def _about(program: Program, phrasing: Phrasing) -> Iterator[Item]:
    say = phrasing.wording.say
    for key, name, codes in (
        ("program.serves", "domain", program.serves),
        ("plan.basis", "basis", program.basis),
        ("plan.delivered_by", "who", program.delivered_by),
    ):
        if codes:
            words = ", ".join(phrasing.code(name, code) for code in sorted(codes))
            yield Item(say(key, **{name: words}))
    if program.in_force is not None:
        yield Item(phrasing.dates(program.in_force))


def describe_rule(rule: Criterion, phrasing: Phrasing) -> Iterator[Block]:
    """Describe what a rule asks, and which texts state it."""
    yield Heading(1, phrasing.heading(rule))
    yield Listing(tuple(map(phrasing.rule, parts_of(rule))) or (phrasing.rule(rule),))

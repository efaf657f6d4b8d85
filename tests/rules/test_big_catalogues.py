"""Catalogues of any size: what tables make of groups, of blocks, and of twenty thousand rules."""

import re
from itertools import product

import pytest

from rehabcore.rules.criteria import AllOf, AnyOf, AtLeast, Criterion, ask
from rehabcore.rules.facts import Known
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.quick import tables
from rehabcore.rules.quick.clauses import RULES_IN_BLOCK
from rehabcore.rules.quick.compilation import FEW, MANY, compile_rules
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer
from tests.kit.builders import NO, UNSAID, YES, day, flag
from tests.kit.rule_makers import AGE, SANCTIONS

TODAY = day("2026-06-15")
MET, NOT_MET = Answer.MET, Answer.NOT_MET
A, B, C, D = FLAGS = [ask(flag(name)).is_(True) for name in "abcd"]
GROUPS: tuple[Criterion, ...] = (
    A | B,
    A & (C | D),
    (A | C) & (B | D),
    ~(A & B) & (C | ~D),
    AtLeast(2, (A, B, C)),
    ~AtLeast(2, (A, B, C, D)),
    AtLeast(3, (D, C, B, A)) & (A | B),
    AnyOf((A & B, C & D)),
    AnyOf((A, AllOf((B, AnyOf((C, AllOf((D, ~A)))))))),
    AtLeast(2, (A | B, C & D, ~A, AtLeast(2, (B, C, D)))),
    AtLeast(4, (A, B, C, D, ~A, ~B, A | C, B & D, ~C)),
    A & AtLeast(4, (A, B, C, D, ~A, ~B, A | C, B & D, ~C)),
    A & AllOf((B, AllOf((C, AnyOf((D, ~B | ~C)))))),
)
"""Groups of every form: of one lane, of several, within each other, and with too many lanes."""


def test_groups_are_answered_for_every_mixture_of_what_is_known() -> None:
    rules = compile_rules(GROUPS * (FEW // len(GROUPS) + 1)).on(TODAY)
    for cells in product((YES, NO, UNSAID), repeat=len(FLAGS)):
        sheet = dict(zip((leaf.asked for leaf in FLAGS), cells, strict=True))
        expected = tuple(judge(rule, sheet.__getitem__, on=TODAY).answer for rule in GROUPS)
        assert rules.answers(rules.sheet(sheet))[: len(GROUPS)] == expected


def test_blocks_of_rules_are_answered_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple(AllOf((one, other)) for one, other in product(GROUPS, repeat=2))
    sheet = dict(zip((leaf.asked for leaf in FLAGS), (YES, NO, UNSAID, NO), strict=True))
    together = compile_rules(many).on(TODAY)
    monkeypatch.setattr(tables, "BLOCK", 16)
    in_blocks = compile_rules(many).on(day("2026-06-16"))
    answers = in_blocks.answers(in_blocks.sheet(sheet))
    assert answers == together.answers(together.sheet(sheet))
    assert {*answers} == {*Answer}
    assert in_blocks.source().count("def answer(") == len(many) // 16 + 1


def test_a_block_that_asks_one_value_picks_it_out_of_the_row() -> None:
    rules = compile_rules((*[B | C] * RULES_IN_BLOCK, A)).on(TODAY)
    sheet = rules.sheet({A.asked: NO, B.asked: YES})
    *others, last = rules.open_clauses(sheet)
    assert (last.not_met, last.unknown) == ((A,), ())
    assert {(found.not_met, found.unknown) for found in others} == {((), ())}


# --- twenty thousand programmes -----------------------------------------------------------

SIZE = 20_000
NUMBER, RUNNING = ask(SANCTIONS), ask(AGE)
CATALOGUE: tuple[Criterion, ...] = (
    *(NUMBER.at_most(limit) for limit in range(100)),
    *(RUNNING.at_least(Term(years)) for years in range(100)),
) * (SIZE // 200)


@pytest.mark.no_cover
def test_twenty_thousand_rules_are_answered_and_explained() -> None:
    assert len(CATALOGUE) == SIZE > MANY
    rules = compile_rules(CATALOGUE).on(TODAY)
    assert compile_rules(CATALOGUE).on(TODAY) is rules
    sheet = rules.sheet({NUMBER: Known(60), RUNNING: Known(day("1986-06-15"))})
    met, not_met = rules.masks(sheet)
    assert met.bit_count() == SIZE // 200 * (40 + 41)  # limits from 60 on, ages up to 40
    assert met ^ not_met == (1 << SIZE) - 1
    expected = [*[NOT_MET] * 60, *[MET] * 40, *[MET] * 41, *[NOT_MET] * 59] * (SIZE // 200)
    assert rules.answers(sheet) == tuple(expected)
    open_clauses = rules.open_clauses(sheet)
    assert [open_clauses[place].not_met for place in (59, 60)] == [(NUMBER.at_most(59),), ()]
    assert [open_clauses[-60 + ahead].not_met for ahead in (0, 1)] == [
        (),
        (RUNNING.at_least(Term(41)),),
    ]
    assert not re.search(r"\d{7}", rules.source()), "no long number stands in what is generated"

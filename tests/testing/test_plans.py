"""Programmes, assessments, histories and plans of the kit: sound, and of every kind."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import rehabcore as rc
from rehabcore.care.plans.versions import plan_history
from rehabcore.programs import Program
from rehabcore.strict.problems import InputError
from rehabcore.testing import assessments, forms, histories, plans, programs
from rehabcore.testing.people.planned import FATES, book_of, consenting, drafted_for
from rehabcore.testing.strategies.assessments import _levelled
from rehabcore.testing.strategies.cases import ON, growing
from tests.testing.test_cases import COUNTRIES, PEOPLE, XX, lives

NOT_SHRUNK = settings(max_examples=500, database=None, deadline=None, phases=[Phase.generate])


def any_that(strategy: st.SearchStrategy[Any], fits: Callable[[Any], bool]) -> Any:
    """The first thing that a strategy draws and that fits; the same in every run."""
    return find(strategy, fits, settings=NOT_SHRUNK, random=Random(0))


def test_a_history_is_a_file_that_grows_day_by_day_and_is_always_sound() -> None:
    for case in lives(20):
        files = growing(case)
        assert files[-1] == case
        sizes = [len(list(file.records())) for file in files]
        assert sizes == sorted(set(sizes))
        for file in files:
            XX.check(file)
    assert any_that(histories(), lambda files: len(files) > 3)


# --- plans ----------------------------------------------------------------------------------------

STATES = {
    "": "draft",
    "proposed": "proposed",
    "proposed agrees signed given activated": "active",
    "terminated": "terminated",
}


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_book_of_a_plan_is_sound_whatever_its_fate(country: str) -> None:
    where = COUNTRIES[country]
    for case in [consenting(one, where, ON) for one in lives(3, country)]:
        where.check(case)
        content = drafted_for(case, where, ON)
        assert rc.check_plan(content, case, where, on=ON) == ()
        for fate in FATES:
            book = book_of(case, content, where, ON, fate)
            assert rc.check_plan(book, case, where, on=ON) == ()
            newest = plan_history(book, on=ON).newest
            assert newest is not None
            assert newest.life == STATES.get(fate, newest.life)


def test_items_to_which_nobody_consented_are_left_out() -> None:
    unasked = (one for one in PEOPLE if not one.consents)
    case = next(one for one in unasked if rc.plan(one, XX, on=ON).content.items)
    asked = rc.plan(case, XX, on=ON).content
    assert rc.check_plan(asked, case, XX, on=ON)
    content = drafted_for(case, XX, ON)
    assert len(content.items) < len(asked.items)
    assert rc.check_plan(content, case, XX, on=ON) == ()


def test_where_nobody_asks_for_consent_to_programmes_none_is_filed() -> None:
    case, silent = PEOPLE[0], evolve(XX.glossary, consent_purposes=())
    assert consenting(case, evolve(XX, glossary=silent), ON) is case


def test_plans_with_items_are_drawn_and_followed() -> None:
    planned = any_that(plans(), lambda one: one.content.items and one.book.copies)
    assert rc.check_plan(planned.book, planned.case, XX, on=planned.on) == ()


def test_the_person_and_any_part_of_a_plan_can_be_fixed() -> None:
    case = lives(1)[0]
    planned = any_that(plans(XX, case=case, holder="office-9"), lambda one: True)
    assert (planned.case, planned.content.holder) == (case, "office-9")
    drawn = any_that(plans(XX, case=st.just(case)), lambda one: True)
    assert drawn.case is case
    with pytest.raises(InputError, match="unknown_key"):
        plans(goal=())


# --- programmes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fits",
    [
        lambda one: one.entry is None,
        lambda one: one.entry is not None,
        lambda one: one.dose is not None and one.dose.hours,
        lambda one: one.in_force is not None and one.prerequisites,
    ],
    ids=["unpublished", "published", "dosed", "lasting"],
)
def test_programmes_of_every_kind_are_drawn(fits: Callable[[Program], Any]) -> None:
    assert isinstance(any_that(programs(XX), lambda one: bool(fits(one))), Program)


def test_any_part_of_a_programme_can_be_fixed() -> None:
    made = any_that(programs(area="work", serves=st.just(frozenset({"work"}))), lambda one: True)
    assert (made.area, made.serves) == ("work", {"work"})
    with pytest.raises(InputError, match="unknown_key"):
        programs(areas="work")


# --- assessments ----------------------------------------------------------------------------------


def test_an_assessment_follows_from_a_form() -> None:
    record = any_that(assessments("audit"), lambda one: one.level and not one.confirmed_by)
    assert record.instrument.startswith("audit")
    assert record.band
    fixed = any_that(assessments("audit", country=XX, confirmed_by="staff-9"), lambda one: True)
    assert fixed.confirmed_by == "staff-9"


def test_an_instrument_whose_bands_have_no_level_is_refused() -> None:
    with pytest.raises(InputError, match="instrument: unknown_value"):
        assessments(rc.instruments.find("audit"), country="md")


def test_a_result_without_a_level_or_a_score_makes_no_record() -> None:
    (levels,) = XX.risk_policy.instrument_levels
    blank = rc.score(rc.instruments.find("audit"), {}, on=ON)
    assert not _levelled(blank, levels)
    whole = any_that(forms("audit"), lambda form: not form.scored().missing).scored()
    assert _levelled(whole, levels)
    others = tuple(band for band in levels.bands if band.label != whole.placings[0].label)
    assert not _levelled(whole, evolve(levels, bands=others))


@settings(max_examples=20)
@given(st.data())
def test_every_plan_that_is_drawn_breaks_no_law(data: st.DataObject) -> None:
    where = COUNTRIES[data.draw(st.sampled_from(sorted(COUNTRIES)))]
    planned = data.draw(plans(where))
    where.check(planned.case)
    assert rc.check_plan(planned.book, planned.case, where, on=planned.on) == ()

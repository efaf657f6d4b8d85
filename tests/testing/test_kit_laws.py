"""The laws of the kit: what they find in what is right and wrong, and the tests they become."""

from collections.abc import Callable, Iterable
from datetime import date

import attrs
import pytest
from hypothesis import strategies as st

from rehabcore import jurisdictions
from rehabcore.instruments import find
from rehabcore.jurisdictions.golden_cases import golden_cases
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import ask
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer
from rehabcore.strict.vocabulary import CaseId
from rehabcore.testing import laws
from rehabcore.testing.laws.countries import golden_law

XX = jurisdictions.load("xx")
ON = date(2026, 11, 16)
ADULT = ask(XX.facts["age"]).at_least(Term(years=18))
"""A rule whose threshold is a birthday."""


def stand(tried: Iterable[laws.Law]) -> dict[str, str]:
    """Each law that is not shown or broken, with what is told of it."""
    found = {}
    for law in tried:
        try:
            law.prove()
        except laws.NotShown as reason:
            found[law.law_id] = f"not shown: {reason}"
        except AssertionError as error:
            found[law.law_id] = f"broken: {error}"
    return found


test_a_bundled_country = laws.as_test(laws.for_country("ro"))


def test_somebody_is_found_where_it_is_not_proved_that_there_is_anybody() -> None:
    found = stand(laws.for_country("xx", on=ON, examples=20))
    assert not {name for name, told in found.items() if told.startswith("broken")}
    assert "can_be_entered-programs.therapeutic_community" not in found
    assert "golden-individual-plan" not in found
    assert found["can_be_entered-programs.release_course"].endswith("rules are not published")


def test_nobody_found_is_said_with_the_number_of_examples() -> None:
    found = stand(laws.for_country(XX, on=date(1900, 1, 1), examples=5))
    told = found["can_be_entered-programs.work_start"]
    assert told.endswith("; nobody was found in 5 examples on 1900-01-01")


def test_a_broken_law_of_a_pack_is_told_with_what_breaks_it() -> None:
    found = stand(laws.for_country(attrs.evolve(XX, languages=("en", "xx"))))
    assert found["titles_translated-moves.xx"].startswith("broken: titles_translated @ moves.xx")


def test_a_golden_case_tells_each_answer_that_is_not_expected() -> None:
    golden, _ = golden_cases("xx")
    first, *others = golden.expected
    wrong = attrs.evolve(first, answer=next(one for one in Answer if one is not first.answer))
    law = golden_law(attrs.evolve(golden, expected=(wrong, *others)), XX)
    assert stand([law])[law.law_id].startswith(f"broken: {golden.file}\n{first.program_id} on ")


def decides(rule: object) -> Callable[[str, CaseFile, date], Answer]:
    """Software that answers by some rule."""

    def decide(_: str, case: CaseFile, on: date) -> Answer:
        return judge(rule, XX.facts_of(case).on(on), on=on).answer  # type: ignore[arg-type]

    return decide


def test_software_that_answers_as_the_rule_does_is_right() -> None:
    tried = laws.for_criteria({"adult": ADULT}, decides(ADULT), country=XX, on=ON, examples=10)
    assert [law.law_id for law in tried] == [
        f"decided_alike-adult-{answer.value}" for answer in Answer
    ]
    assert stand(tried) == {}


def test_software_that_is_wrong_by_a_day_is_found() -> None:
    wrong = decides(ask(XX.facts["age"]).at_least(Term(years=18, days=1)))
    tried = laws.for_criteria({"adult": ADULT}, wrong, country=XX, on=ON, examples=30)
    assert stand(tried)["decided_alike-adult-met"].startswith("broken: adult on 20")


def test_an_answer_that_nobody_gets_is_not_shown() -> None:
    never = ADULT & ~ADULT
    tried = laws.for_criteria({"never": never}, decides(never), country=XX, on=ON, examples=5)
    assert list(stand(tried)) == ["decided_alike-never-met"]


def test_a_bundled_instrument_keeps_its_laws() -> None:
    tried = laws.for_instrument("audit", examples=10)
    assert stand(tried) == {}
    assert [law.law_id for law in laws.for_instrument(find("audit"))] == [
        law.law_id for law in tried
    ]


def test_what_is_drafted_keeps_the_laws_of_plans() -> None:
    tried = laws.for_plan_policy("ge", examples=2)
    assert stand(tried[:3]) == {}
    off = attrs.evolve(XX.plan_policy, laws_off=frozenset({"P1"}))
    ids = [law.law_id for law in laws.for_plan_policy(attrs.evolve(XX, plan_policy=off))]
    assert ids[0] == "drafts_keep-P2"


class Store:
    """A store in memory, which forgets things if it is told to."""

    def __init__(self, kept: Callable[[CaseId], str] = str, first: bool = False) -> None:
        self.files: dict[str, CaseFile] = {}
        self.kept, self.first = kept, first

    def save(self, case_id: CaseId, case: CaseFile) -> None:
        if not (self.first and self.kept(case_id) in self.files):
            self.files[self.kept(case_id)] = case

    def load(self, case_id: CaseId) -> CaseFile:
        return self.files[self.kept(case_id)]


@pytest.mark.parametrize(
    ("make_store", "broken"),
    [
        (Store, []),
        (lambda: Store(first=True), ["last_is_loaded"]),
        (lambda: Store(lambda _: "one"), ["others_stay"]),
    ],
    ids=["sound", "first-wins", "one-place"],
)
def test_a_store_is_held_against_its_laws(
    make_store: Callable[[], Store], broken: list[str]
) -> None:
    assert list(stand(laws.for_store(make_store, examples=10))) == broken


def test_an_open_end_that_is_read_back_as_unknown_is_found() -> None:
    ends = st.sampled_from(["2026-01-01", "unknown", "open"])
    tried = laws.for_codec(lambda end: end.replace("open", "unknown"), str, ends)
    assert stand(tried) == {"written_is_read": "broken: 'open' reads back as 'unknown'"}


def test_what_is_written_otherwise_each_time_is_found() -> None:
    count = iter(range(1_000))
    tried = laws.for_codec(lambda value: (value, next(count)), lambda pair: pair[0], st.just(1))
    assert stand(tried).keys() == {"written_alike"}


def _broken() -> None:
    raise AssertionError("found")


def test_a_law_that_fails_in_a_test_tells_its_statement_and_citation() -> None:
    law = laws.Law(law_id="one", statement="It holds.", cite="here#1", prove=_broken)
    test = laws.as_test([law])
    with pytest.raises(AssertionError) as caught:
        test(law)
    assert caught.value.__notes__ == ["one: It holds. (here#1)"]


def _not_shown() -> None:
    raise laws.NotShown("It is not published.")


def test_what_is_not_shown_is_skipped_with_its_reason() -> None:
    law = laws.Law(law_id="one", statement="It holds.", cite="here#1", prove=_not_shown)
    with pytest.raises(pytest.skip.Exception, match="not published"):
        laws.as_test([law])(law)

"""Every law of a book finds the book that breaks it, with the laws that follow from it."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.laws.checking import check_book, plan_laws
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.plans import HoursShort, PlanContent, PlannedSession
from rehabcore.strict.vocabulary import Basis, ItemId, RecordId
from tests.kit.plan_acts import after, edited, entry, opened, told
from tests.kit.plan_grounds import PEERS, grounds
from tests.kit.plans import DAY, book, content, item

WELL = "life:proposed agrees signed given life:activated"
UNSIGNED = evolve(grounds(), signed_by=())


def _plan(**changes: object) -> PlanContent:
    return evolve(content(), items=(evolve(item(), **changes),))  # type: ignore[arg-type]


def _second(what: PlanContent) -> PlanBook:
    return told(after(WELL), opened(7, 2, what))


def _found(plan: PlanBook, known: PlanGrounds = UNSIGNED) -> list[str]:
    return [f"{one.law_id} @ {one.place}" for one in check_book(plan, known)]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "life:proposed agrees signed given life:activated goal:achieved step:in_progress",
        "life:proposed could_not_answer agrees signed given",
        "life:proposed agrees sent_to_countersign countersigned given life:activated",
        "life:proposed agrees signed given life:activated life:completed",
        "life:proposed could_not_answer signed given agrees",
    ],
)
def test_a_book_in_order_breaks_no_law(words: str) -> None:
    assert _found(after(words)) == []


def test_a_second_version_breaks_no_law() -> None:
    assert _found(_second(content())) == []


FEWER = evolve(_plan(hours=Decimal(39)), risk="high")
SHORT = HoursShort(called_for=Decimal(40), planned=Decimal(39), reason="places")

OTHER = evolve(content(), holder="office-2")

BROKEN: list[tuple[str, PlanBook, list[str]]] = [
    ("P3", after("signed given"), ["P16 @ entries[2]", "P3 @ entries[2]"]),
    ("P3", after("life:proposed signed given agrees"), ["P16 @ entries[3]", "P3 @ entries[3]"]),
    ("P3", after("life:proposed signed given"), ["P16 @ entries[3]", "P3 @ entries[3]"]),
    (
        "P3",
        after("agrees signed given"),
        ["P16 @ entries[2]", "P16 @ entries[3]", "P3 @ entries[3]"],
    ),
    (
        "P4",
        told(after("life:proposed agrees signed given"), edited(6, content(), FEWER)),
        ["P4 @ entries[6]", "P22 @ versions[1].shortfall"],
    ),
    ("P5", told(book(), opened(2, 3, content())), ["P5 @ entries[2].version"]),
    (
        "P6",
        told(
            _second(content()),
            *(
                evolve(one, version=2, noted=evolve(one.noted, place=one.noted.place + 6))
                for one in after(WELL).entries[1:]
            ),
        ),
        ["P6 @ entries[12]"],
    ),
    ("P13", after("life:proposed does_not_agree agrees"), ["P16 @ entries[4]", "P13 @ entries[4]"]),
    (
        "P15",
        told(book(), edited(2, FEWER, content())),
        ["P15 @ entries[2].expects"],
    ),
    (
        "P15",
        told(
            book(),
            edited(2, content(), OTHER),
            edited(3, OTHER, content()),
            edited(4, OTHER, OTHER),
        ),
        ["P15 @ entries[4].expects"],
    ),
    ("P27", after("life:proposed agrees signed"), ["P27 @ versions[1].copies"]),
    (
        "P29",
        after("life:proposed does_not_agree signed given life:activated"),
        ["P29 @ versions[1].items[0].basis"],
    ),
]


@pytest.mark.parametrize(("law", "plan", "found"), BROKEN)
def test_a_broken_law_is_found_with_those_that_follow(
    law: str, plan: PlanBook, found: list[str]
) -> None:
    assert _found(plan) == found
    laws = {one.partition(" ")[0] for one in found}
    assert {law, *plan_laws()[law].also} <= laws


def test_a_signature_is_under_what_the_version_says() -> None:
    edit = edited(2, content(), FEWER)
    signed = after("life:proposed agrees signed given")
    later = [
        evolve(one, noted=evolve(one.noted, place=one.noted.place + 1))
        for one in signed.entries[1:]
    ]
    plan = told(book(), edit, *later)
    assert "P4 @ entries[5].content_hash" in _found(plan)


def test_a_country_asks_for_signatures_and_a_refusal_is_one() -> None:
    asked = evolve(grounds(), signed_by=("officer",))
    assert _found(after(WELL), asked) == ["P26 @ entries[6]"]
    noted = after(WELL)
    by_officer = tuple(evolve(one, role="officer") for one in noted.signatures)
    assert _found(evolve(noted, signatures=by_officer), asked) == []


def test_nobody_refuses_to_sign_for_the_person() -> None:
    asked = evolve(grounds(), signed_by=("person",))
    for word in ("refused_to_sign", "locked_incomplete"):
        refusing = after(f"life:proposed agrees {word} given life:activated")
        other = "officer" if word == "refused_to_sign" else "person"
        told = tuple(evolve(one, role=other) for one in refusing.signatures)
        assert "P26 @ entries[6]" in _found(evolve(refusing, signatures=told), asked)


def test_who_refuses_to_sign_need_not_have_read_the_last_word() -> None:
    plan = after("life:proposed agrees refused_to_sign")
    told = tuple(evolve(one, role="person", content_hash="0" * 64) for one in plan.signatures)
    assert _found(evolve(plan, signatures=told)) == []


@pytest.mark.parametrize(("role", "found"), [("person", []), ("officer", ["P26 @ entries[7]"])])
def test_only_the_person_may_refuse_to_sign(role: str, found: list[str]) -> None:
    book = after("life:proposed agrees signed refused_to_sign given life:activated")
    told = tuple(
        evolve(one, role=role if one.event == "refused_to_sign" else "peer")
        for one in book.signatures
    )
    asked = evolve(grounds(), signed_by=(role,))
    assert [one for one in _found(evolve(book, signatures=told), asked) if "P26" in one] == found


def test_a_copy_is_of_what_was_signed() -> None:
    plan = after(WELL)
    other = tuple(evolve(copy, content_hash="0" * 64) for copy in plan.copies)
    assert _found(evolve(plan, copies=other)) == ["P27 @ versions[1].copies"]


WITHDRAWN = evolve(UNSIGNED, withdrawn={RecordId("c-1"): DAY}, consents={})


def test_withdrawn_consent_leaves_nothing_voluntary() -> None:
    assert _found(book(), WITHDRAWN) == [
        "P11 @ versions[1].items[0].ends",
        "P10 @ versions[1].items[0].consent",
    ]
    sessions = (PlannedSession(day=date(2026, 11, 9)), PlannedSession(day=DAY))
    plan = told(book(), edited(2, content(), _plan(sessions=sessions, starts=date(2026, 11, 2))))
    assert _found(plan, WITHDRAWN) == [
        "P11 @ versions[1].items[0].sessions[1]",
        "P10 @ versions[1].items[0].consent",
    ]
    endless = told(book(), edited(2, content(), _plan(ends=None)))
    assert "P11 @ versions[1].items[0].ends" in _found(endless, WITHDRAWN)


@pytest.mark.parametrize(
    ("plan", "known"),
    [
        (_plan(basis=Basis.MANDATORY, requirement=RecordId("r-1")), WITHDRAWN),
        (_plan(starts=date(2026, 1, 1), ends=DAY), evolve(WITHDRAWN, consents=UNSIGNED.consents)),
        (_plan(consent=None), WITHDRAWN),
        (content(), evolve(UNSIGNED, withdrawn={RecordId("c-1"): date(2026, 12, 1)})),
    ],
)
def test_what_is_past_or_mandatory_or_not_withdrawn_yet_stays(
    plan: PlanContent, known: PlanGrounds
) -> None:
    assert [
        one for one in _found(told(book(), edited(2, content(), plan)), known) if "P11" in one
    ] == []


def test_the_active_version_is_held_to_the_laws_of_contents() -> None:
    assert "P10 @ versions[1].items[0].consent" in _found(after(WELL), WITHDRAWN)


def test_of_an_active_version_without_agreement_each_voluntary_item_is_told() -> None:
    duty = evolve(
        item(),
        item_id=ItemId("duty"),
        basis=Basis.MANDATORY,
        requirement=RecordId("r-1"),
        hours_a_week=None,
    )
    both = evolve(content(), items=(duty, item()))
    acts = after("life:proposed does_not_agree signed given life:activated").entries[1:]
    later = (evolve(one, noted=evolve(one.noted, place=one.noted.place + 1)) for one in acts)
    found = _found(told(book(), edited(2, content(), both), *later))
    assert [one for one in found if "P29" in one] == ["P29 @ versions[1].items[1].basis"]


def test_a_version_between_two_that_were_active_is_not_held_to_anything() -> None:
    short = told(after(WELL), opened(7, 2, _plan(consent=None)), entry("life:proposed", 8, 2))
    third = told(short, opened(9, 3, content()), entry("life:superseded", 10, 1))
    acts = (
        evolve(one, version=3, noted=evolve(one.noted, place=one.noted.place + 9))
        for one in after(WELL).entries[1:]
    )
    assert "P10 @ versions[2].items[0].consent" in _found(third)
    assert not [one for one in _found(told(third, *acts)) if "versions[2]" in one]


def test_versions_that_ended_are_not_held_to_anything() -> None:
    assert _found(after("life:proposed life:rejected"), WITHDRAWN) == []


def test_a_version_that_was_overtaken_is_not_held_to_anything() -> None:
    short = _plan(consent=None)
    first = told(after("life:proposed"), edited(3, content(), short))
    assert _found(first) == ["P10 @ versions[1].items[0].consent"]
    later = told(first, opened(4, 2, content()))
    assert _found(later) == ["P10 @ versions[1].items[0].consent"]
    acts = (
        evolve(one, version=2, noted=evolve(one.noted, place=one.noted.place + 3))
        for one in after(WELL).entries[1:]
    )
    assert _found(told(later, *acts)) == []


@pytest.mark.parametrize(
    ("later", "broken"),
    [
        (FEWER, True),
        (evolve(_plan(hours=None), risk="high"), True),
        (evolve(FEWER, shortfall=SHORT), False),
        (evolve(FEWER, risk="low"), False),
        (evolve(content(), risk="high"), False),
        (evolve(_plan(hours=None), needs=(evolve(PEERS, level="low"),)), False),
        (evolve(FEWER, risk="unheard"), False),
    ],
)
def test_more_risk_takes_no_hours_away_without_a_word(later: PlanContent, broken: bool) -> None:
    first = told(book(), edited(2, content(), evolve(content(), risk="low")))
    plan = told(first, opened(3, 2, later))
    assert ("P28 @ versions[2].items" in _found(plan)) is broken


def test_risk_that_was_not_known_has_not_gone_up() -> None:
    assert "P28 @ versions[2].items" not in _found(told(book(), opened(2, 2, FEWER)))


def test_a_need_that_went_up_takes_no_hours_away_either() -> None:
    low = evolve(content(), needs=(evolve(PEERS, level="low"),))
    plan = told(told(book(), edited(2, content(), low)), opened(3, 2, _plan(hours=Decimal(1))))
    assert "P28 @ versions[2].items" in _found(plan)

"""Laws of a plan's book: no sound book breaks one, and what breaks one is found.

Each law takes a sound book and writes on in it, so that it is broken as little as can be. It is
found by that law, and by no other than those that follow from it.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import given, settings

from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.plans.axes import PlanLife
from rehabcore.care.plans.book import PlanBook, PlanLifeEvent
from rehabcore.care.plans.laws.checking import BOOK_CHECKS, check_book, plan_laws
from rehabcore.care.plans.requests import AskedOfPlans, entered
from rehabcore.care.plans.versions import PlanHistory, plan_history
from rehabcore.plans import PlanContent
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.time.days import Span
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Basis
from tests.kit.plan_acts import edited, told
from tests.kit.plan_strategies import (
    WELL,
    MadeBook,
    after_edit,
    first,
    made_book,
    newest,
    next_version,
    sound_books,
    then,
)
from tests.kit.plans import DAY

Law = Callable[[MadeBook], None]
ANSWERED = "life:proposed agrees"


def _broken(law_id: str, made: MadeBook, book: PlanBook, **known: Any) -> None:
    """A book is sound, and another breaks one law and those that follow."""
    assert check_book(*made) == ()
    found = check_book(book, evolve(made.grounds, **known))
    broken = {one.law_id for one in found if one.answer is Answer.NOT_MET}
    assert broken == {law_id, *plan_laws()[law_id].also}


def _history(book: PlanBook) -> PlanHistory:
    return plan_history(book, on=DAY)


def _other(made: MadeBook) -> PlanContent:
    """What the newest version says, and another office."""
    content = newest(made.book)[1]
    return evolve(content, holder=f"{content.holder}x")


def _draft(made: MadeBook) -> PlanBook:
    """The book with a new version, which is a draft."""
    return next_version(made.book, _other(made))


def _alone(made: MadeBook) -> PlanBook:
    """The same, where no other version is active any more."""
    active = _history(made.book).active
    book = made.book if active is None else then(made.book, "life:superseded", of=active.number)
    return next_version(book, _other(made))


def law_p3(made: MadeBook) -> None:
    """Somebody signs a draft, or what nobody has answered."""
    _broken("P3", made, then(_draft(made), "signed given"))
    _broken("P3", made, then(_draft(made), "life:proposed signed given agrees"))


def law_p4(made: MadeBook) -> None:
    """What was signed is edited, or somebody signs what the version does not say."""
    signed = then(_draft(made), f"{ANSWERED} signed given")
    again = evolve(_other(made), holder="another")
    _broken("P4", made, after_edit(signed, again))
    *others, mark = signed.signatures
    *copies, copy = signed.copies
    digest = "0" * 64
    marks = (*others, evolve(mark, content_hash=digest))
    given_ = (*copies, evolve(copy, content_hash=digest))
    _broken("P4", made, evolve(signed, signatures=marks, copies=given_))


def law_p5(made: MadeBook) -> None:
    """A number is left out."""
    _broken("P5", made, next_version(made.book, _other(made), skip=1))


def law_p6(made: MadeBook) -> None:
    """A version is activated while another is active."""
    active = then(_alone(made), WELL)
    _broken("P6", made, then(next_version(active, _other(made)), WELL))


def law_p11(made: MadeBook) -> None:
    """The consent of the day on which something voluntary starts is withdrawn on that day."""
    content = newest(made.book)[1]
    item = next(one for one in content.items if one.basis is Basis.VOLUNTARY)
    assert item.consent is not None
    known = {
        "on": item.starts,
        "withdrawn": {item.consent: item.starts},
        "consents": {
            **made.grounds.consents,
            item.consent: Span(DAY - timedelta(30), item.starts),
        },
    }
    _broken("P11", made, _draft(made), **known)


def law_p13(made: MadeBook) -> None:
    """A version is answered twice."""
    _broken("P13", made, then(_draft(made), f"{ANSWERED} agrees"))
    _broken("P13", made, then(_draft(made), "life:proposed does_not_agree does_not_agree"))


def law_p15(made: MadeBook) -> None:
    """An edit is of a content that is not there; and a book of a day is what was told by then."""
    book, other = _draft(made), evolve(_other(made), holder="another")
    edit = edited(len(book.entries) + 1, other, other)
    _broken("P15", made, told(book, evolve(edit, version=newest(book)[0])))
    shuffled = evolve(
        made.book, **{name: getattr(made.book, name)[::-1] for name in ("answers", "life", "edits")}
    )
    assert _history(shuffled) == _history(made.book)
    for count in (1, len(made.book.entries)):
        known = _only(made.book, count)
        assert _history(told(known, *made.book.entries[count:])) == _history(made.book)


def _only(book: PlanBook, count: int) -> PlanBook:
    """The book as it was after some entries."""
    empty = PlanBook(plan_id=book.plan_id, case_id=book.case_id)
    return told(empty, *book.entries[:count])


def law_p16(made: MadeBook) -> None:
    """What the tables do not allow is refused as a request, and told where a book has it."""
    book = _draft(made)
    for word in ("life:completed", "life:superseded", "step:completed", "rolled_back rolled_back"):
        _broken("P16", made, then(book, word))
    for word in ACTS:
        asked = then(made.book, word)
        try:
            after = entered(made.book, cast(Any, asked.entries[-1]), AskedOfPlans())
        except RequestRefused:
            continue
        except InputError:
            assert word == "step:completed"
            continue
        assert after == asked
        assert _history(after).misfits == ()


ACTS = (
    *("life:proposed", "life:activated", "life:superseded", "life:transferred", "life:rejected"),
    *("life:completed", "life:terminated", "agrees", "does_not_agree", "could_not_answer"),
    *("signed", "countersigned", "locked_incomplete", "refused_to_sign", "given"),
    "step:completed",
)
"""Acts of which few fit."""


def law_p26(made: MadeBook) -> None:
    """A version is activated without a signature that the country asks for.

    Where the person refused to sign, this stands for the signature.
    """
    by_chief = then(_alone(made), f"{ANSWERED} signed given life:activated", role="chief")
    _broken("P26", made, by_chief, signed_by=("officer",))
    refused = then(_alone(made), f"{ANSWERED} refused_to_sign", role="person")
    both = then(refused, "signed given life:activated")
    earlier = [one for one in made.book.life if one.event is PlanLifeEvent.ACTIVATED]
    if not earlier:
        assert check_book(both, evolve(made.grounds, signed_by=("officer", "person"))) == ()


def law_p27(made: MadeBook) -> None:
    """Nobody gave the person a copy of what was signed."""
    _broken("P27", made, then(_draft(made), f"{ANSWERED} signed"))


def law_p28(made: MadeBook) -> None:
    """More risk, and an hour less, without a word."""
    content = evolve(newest(made.book)[1], shortfall=None)
    more, *others = content.items
    richer = evolve(content, risk="low", items=(evolve(more, hours=Decimal(9)), *others))
    poorer = evolve(content, risk="high", items=(evolve(more, hours=Decimal(8)), *others))
    book = next_version(next_version(made.book, richer), poorer)
    _broken("P28", made, book, called_for=DosageTarget())


def law_p29(made: MadeBook) -> None:
    """Something voluntary runs though the person does not agree, or could not answer."""
    for answer in ("does_not_agree", "could_not_answer"):
        book = then(_alone(made), f"life:proposed {answer} signed given life:activated")
        _broken("P29", made, book)
        (*_, version) = _history(book).versions
        assert version.life is PlanLife.ACTIVE
        assert all(item.basis is Basis.MANDATORY for item in version.running)


LAWS: tuple[Law, ...] = (
    *(law_p3, law_p4, law_p5, law_p6, law_p11, law_p13),
    *(law_p15, law_p16, law_p26, law_p27, law_p28, law_p29),
)


@settings(max_examples=10)
@given(sound_books())
def test_what_breaks_a_book_is_found_by_its_law_and_those_that_follow(made: MadeBook) -> None:
    for law in LAWS:
        law(made)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_each_law_finds_what_breaks_one_book(law: Law) -> None:
    law(made_book(first))


def test_every_law_of_a_history_is_broken_here() -> None:
    named = {law.__name__ for law in LAWS}
    assert named == {f"law_{law_id.lower()}" for law_id in (*BOOK_CHECKS, "P16")}

"""Books, versions and contents of plans in words."""

from datetime import date

import rehabcore as rc
from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.hashes import hash_of_content, short_hash
from rehabcore.care.plans.schedules.placing import FallenOut, NoPlace
from rehabcore.care.plans.versions import version_on
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.plan_versions import told_session
from rehabcore.reports.wording import Wording
from tests.kit.plan_acts import after, edited, opened, told
from tests.kit.plans import DAY, content, item

XX = rc.load("xx")
HASH = short_hash(hash_of_content(content()))


def test_a_book_tells_every_version_the_newest_first() -> None:
    first = after("life:proposed does_not_agree refused_to_sign given")
    book = told(first, opened(6, 2, content()))
    lines = rc.explain(book, country=XX).splitlines()
    assert [line for line in lines if line and line.strip("-=")] == [
        "The plan and its versions",
        "Version 2",
        f"Version 2: draft. The person: not answered. Signatures: unsigned. Content: {HASH}.",
        "Version 1",
        f"Version 1: proposed. The person: does not agree. Signatures: unsigned. Content: {HASH}.",
        "- 2026-11-16: the person: not agreeing (so)",
        f"- 2026-11-16: nobody says who: refusing to sign (content {HASH})",
        "- 2026-11-16: the person got a copy: English",
    ]


def test_a_book_without_versions_tells_none() -> None:
    empty = PlanBook(plan_id="plan-1", case_id=after("").case_id)
    assert "None." in rc.explain(empty, country=XX)


def test_a_version_tells_where_it_stands_and_what_it_says() -> None:
    version = version_on(told(after(""), edited(2, content(), content())), on=DAY)
    assert version is not None
    page = rc.explain(version, country=XX)
    assert page.startswith("Plan from 2026-11-16\n")
    assert f"Content: {HASH}." in page
    assert "- The officer: Refer to the course (by 2026-12-16)" in page


def test_a_content_is_told_without_where_it_stands() -> None:
    page = rc.explain(content(), country=XX)
    assert HASH not in page
    assert "course (from 2026-11-16 until the day before 2027-05-16" in page


def test_a_session_without_a_place_is_told_as_one() -> None:
    fallen = FallenOut(item_id=item().item_id, day=date(2026, 12, 25), reason=NoPlace.HOLIDAY)
    line = told_session(fallen, content(), Phrasing(Wording("en"), XX))
    assert line == "course, session of 2026-12-25: it is a holiday. It has no other day."


def test_every_reason_has_words() -> None:
    assert [one for one in NoPlace if not Wording("en").has(f"no_place.{one.value}")] == []

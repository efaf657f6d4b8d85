"""What comes before a birth date that another office tells leaves open the date and what it is."""

from rehabcore.records import CaseFile
from rehabcore.rules.truth import UnknownKind
from tests.kit.builders import case, day, person
from tests.kit.record_makers import XX, Piece, event, in_words

DISPUTED = UnknownKind.DISPUTED
BORN_LATE = person("late", source="b", birth_date=day("2019-01-01"))
SANCTION = event("e", "2018-06-01")


def _told(file: CaseFile, name: str, **given: str) -> list[Piece]:
    return in_words(XX.facts_of(file), name, **given)


def _aside(file: CaseFile) -> list[tuple[str, str, str]]:
    return [(one.record_id, one.place, one.code) for one in XX.facts_of(file).set_aside]


def test_one_office_tells_the_birth_and_another_what_comes_before_it() -> None:
    file = case(beneficiary=(person(), BORN_LATE), events=(SANCTION, event("f", "2020-01-01")))
    assert _aside(file) == [
        ("e", "events.happened_on", "before_birth"),
        ("late", "beneficiary.birth_date", "before_birth"),
    ]
    assert _told(file, "age") == [("", DISPUTED, "e late")]
    ever = {"kind": "sanction", "within": "200 years", "ageing": "exclusive"}
    assert _told(file, "events", **ever)[1:3] == [
        ("2018-06-01", "disputed 0..1", "e late"),
        ("2020-01-01", "disputed 1..2", "e f late"),
    ]


def test_what_comes_after_the_birth_is_answered_as_ever() -> None:
    after = event("f", "2020-01-01", "violation")
    within = {"kind": "violation", "within": "1 year", "ageing": "exclusive"}
    sound = case(beneficiary=(person(), BORN_LATE), events=(after,))
    faulty = case(beneficiary=(person(), BORN_LATE), events=(SANCTION, after))
    assert _told(faulty, "events", **within) == _told(sound, "events", **within)


def test_of_two_birth_dates_the_one_that_fits_is_not_certain_either() -> None:
    born = (person("p-1", birth_date=day("1990-01-01")), BORN_LATE)
    file = case(beneficiary=born, events=(SANCTION,))
    assert _told(file, "age") == [("", "disputed 1990-01-01..2019-01-01", "e late p-1")]
    assert _aside(file)[0] == ("e", "events.happened_on", "before_birth")

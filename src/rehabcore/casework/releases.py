"""The release of a person, as the records and the country tell it: its moves, and its day."""

from collections.abc import Mapping
from datetime import date

from rehabcore.care.release_days import ReleaseDay, release_day
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions import CaseFacts
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import Cell, Known
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.partial import Day, between


def releases(jurisdiction: Jurisdiction) -> Mapping[str, Term | None]:
    """The moves that are releases, each with the window for the first contact after it."""
    return {move.move_id: move.contact_within for move in jurisdiction.moves if move.is_release}


def release_on(jurisdiction: Jurisdiction, facts: CaseFacts, on: date) -> ReleaseDay | None:
    """The day of release as it stands on a day; None if nothing on file tells it."""
    moves, milestone = releases(jurisdiction), jurisdiction.release_policy.milestone
    end = sentence_end_on(jurisdiction, facts, on)
    return release_day(facts.view, milestone, moves, on=on, sentence_end=end)


def sentence_end_on(jurisdiction: Jurisdiction, facts: CaseFacts, on: date) -> Day | None:
    """The end of the sentence, as it stands on a day; None if it is not known, or never comes."""
    return day_told(facts.on(on)(ask(jurisdiction.facts["sentence_remaining"])))


def day_told(cell: Cell) -> Day | None:
    """The day that a cell tells, as far as it is known; None if it is not, or never comes."""
    bounds = (cell.value, cell.value) if isinstance(cell, Known) else cell.between
    if bounds is None:
        return None
    first, last = bounds
    known = isinstance(first, date) and isinstance(last, date)
    return between(first, last) if known else None  # type: ignore[arg-type]

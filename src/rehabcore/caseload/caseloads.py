"""A caseload under way: the answers to each person, and in the end the files that were refused."""

from collections.abc import Callable, Iterator
from functools import partial

from attrs import field

from rehabcore.caseload.desks import AnsweredCase, CaseOutcome, CaseSource, Desk
from rehabcore.casework.results import MatchResult
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.mappings import FrozenMap
from rehabcore.strict.problems import InputError, Problem
from rehabcore.strict.vocabulary import CaseId, ProgramId

MOST_PROBLEMS = 10_000
"""How many problems a caseload keeps, so that one full of bad files stays small in memory."""


@frozen(kw_only=True)
@checked
class CaseAnswers:
    """The answers to one person: whether each programme of the catalogue is open to them.

    ``place`` counts the case files from 0, the refused ones too. ``answers`` are in the order of
    the catalogue, and always those that ``match`` proves.
    """

    place: int
    case_id: CaseId = field(repr=False, metadata=SECRET)
    answers: FrozenMap[ProgramId, Answer]
    _match: Callable[[], MatchResult] = field(eq=False, repr=False)

    def match(self) -> MatchResult:
        """The result of ``match`` for this person, with the proof of every answer.

        The case file is read anew if it was given unread. So one that was given by its path, and
        was changed since, may have other answers now.

        Raises:
            InputError: the file was changed since, and is refused now.
        """
        return self._match()


@frozen(kw_only=True)
@checked
class RefusedCase:
    """A case file without answers: its place, counted from 0, and what is wrong with it.

    ``problems`` are those that its error tells. Once a caseload has ``MOST_PROBLEMS``, each further
    file keeps only its first one. ``more`` is how many are left out.
    """

    place: int
    problems: tuple[Problem, ...]
    more: int = 0


class Caseload(Iterator[CaseAnswers]):
    """The answers to many people, one after another, in the order in which they were given.

    Made by ``match_all``, to be gone through once. No case file is read long before its answers are
    asked for, and none is kept afterwards. One that is refused is passed over, and told by
    ``refused``.
    """

    @checked_arguments
    def __init__(self, desk: Desk, found: Iterator[tuple[CaseSource, CaseOutcome]]) -> None:
        self._desk, self._found = desk, enumerate(found)
        self._programs = tuple(desk.country.admissions_on_any_day)
        self._refused: list[RefusedCase] = []
        self._kept = 0

    @property
    def refused(self) -> tuple[RefusedCase, ...]:
        """The case files that were refused so far: all of them, once the caseload has ended."""
        return tuple(self._refused)

    def __next__(self) -> CaseAnswers:
        """The answers to the next person whose case file is not refused."""
        for place, (source, found) in self._found:
            if isinstance(found, AnsweredCase):
                return CaseAnswers(
                    place=place,
                    case_id=found.case_id,
                    answers=FrozenMap(dict(zip(self._programs, found.answers, strict=True))),
                    match=partial(self._desk.match, source),
                )
            self._refuse(place, found)
        raise StopIteration

    def _refuse(self, place: int, error: InputError) -> None:
        kept = error.problems[: max(1, MOST_PROBLEMS - self._kept)]
        self._kept += len(kept)
        more = error.more + len(error.problems) - len(kept)
        self._refused.append(RefusedCase(place=place, problems=kept, more=more))

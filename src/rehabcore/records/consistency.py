"""Whether the records of one case file fit together; all problems are found at once.

An error stops the whole file. A fault concerns single records, and leaves the others readable.
"""

from collections.abc import Iterable
from datetime import date

from rehabcore.records.case_file import CaseFile
from rehabcore.records.certainty import certainly_sound
from rehabcore.records.faults import Fault
from rehabcore.records.glossary import Glossary
from rehabcore.records.words import Words
from rehabcore.strict.checked import checked, require_day
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import ProgramId


@frozen(kw_only=True)
@checked
class Findings:
    """All that is wrong with a case file: errors, which stop it, and faults of single records.

    ``as_filed`` says that every record was seen to hold as it was filed, on every day. Without it
    some may be corrected, changed, taken back, or not yet known.
    """

    found: tuple[Problem | Fault, ...] = ()
    as_filed: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which the file cannot be read."""
        return tuple(one for one in self.found if isinstance(one, Problem))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults of single records."""
        return tuple(one for one in self.found if isinstance(one, Fault))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, those of faults too."""
        return tuple(
            problem
            for one in self.found
            for problem in ([one] if isinstance(one, Problem) else one.problems)
        )


NOTHING_WRONG = Findings(as_filed=True)


def check(
    case: CaseFile,
    glossary: Glossary,
    programs: Iterable[ProgramId],
    known_at: date | None = None,
    *,
    moves: Iterable[str] = (),
) -> tuple[Problem, ...]:
    """Every problem of a case file, with the paths of its document.

    Args:
        case: the whole file.
        glossary: the words that its records may use.
        programs: the programmes and services in which a person can take part.
        known_at: the day up to which records count; None for all of them.
        moves: the ids of the country's kinds of moves.
    """
    return examine(case, Words(glossary, programs, moves), known_at).problems


def examine(case: CaseFile, words: Words, known_at: date | None = None) -> Findings:
    """All that is wrong with a case file.

    Args:
        case: the whole file.
        words: the words that its records may use.
        known_at: the day up to which records count; None for all of them.
    """
    known_at = known_at or date.max
    require_day(known_at, "known_at")
    if certainly_sound(case, words, known_at):
        return NOTHING_WRONG
    from rehabcore.records.examination import examine_in_detail  # most files are plain

    return examine_in_detail(case, words, known_at)

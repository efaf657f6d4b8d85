"""A desk: where one person after another is read, checked and answered, all about one day."""

from datetime import date
from functools import cached_property

from rehabcore import casework
from rehabcore.casework.results import MatchResult
from rehabcore.exchange import Input, read
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions.case_facts import Glance, glance_at
from rehabcore.records import CaseFile
from rehabcore.rules.quick.compilation import RulesOfDay
from rehabcore.rules.truth import Answer
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import CaseId

CaseSource = CaseFile | Input
"""A case file, or what one can be read from."""


@frozen
class AnsweredCase:
    """The answers of all programmes to a person, in the order of the catalogue."""

    case_id: CaseId
    answers: tuple[Answer, ...]


CaseOutcome = AnsweredCase | InputError
"""The answers to a person, or the error that tells all that is wrong with their case file."""


@frozen(kw_only=True, slots=False)  # without slots, so that the rules are kept once they are made
class Desk:
    """A country, and what everybody is asked under it: the arguments of ``match``."""

    country: Jurisdiction
    on: date
    known_at: date | None
    strict: bool

    @cached_property
    def _rules(self) -> RulesOfDay:
        return self.country.compiled.on(self.on)

    @cached_property
    def _glances(self) -> tuple[Glance, ...]:
        questions = self.country.questions
        return tuple(glance_at(questions, asked) for asked in self._rules.layout.asked)

    def answer(self, source: CaseSource) -> CaseOutcome:
        """The answers to one person, or the error of the first stage of reading that has any.

        Problems have the paths of the document; of a case file, those that ``match`` tells.
        """
        try:
            case = self.case(source)
        except InputError as error:
            return error
        try:
            facts = self.country.facts_of(case, known_at=self.known_at, strict=self.strict)
        except InputError as error:
            place = "" if case is source else "data"
            return error.each(lambda problem: problem.below(place))
        rules = self._rules
        sheet = rules.layout.filled(facts.seen(self._glances, self.on), self.on)
        return AnsweredCase(case.case_id, rules.answers(sheet))

    def case(self, source: CaseSource) -> CaseFile:
        """The case file of a person.

        Raises:
            InputError: it cannot be read.
        """
        return source if isinstance(source, CaseFile) else read(source, CaseFile)

    def match(self, source: CaseSource) -> MatchResult:
        """The whole result of one person, with every proof.

        Raises:
            InputError: the case file cannot be read, or is inconsistent.
        """
        return casework.match(
            self.case(source),
            self.country,
            on=self.on,
            known_at=self.known_at,
            strict=self.strict,
        )

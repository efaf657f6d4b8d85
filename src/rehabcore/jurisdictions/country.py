"""A country, read and checked: everything that is asked of it, ready."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from attrs import field, frozen

from rehabcore.care.moves import MoveRule, permission
from rehabcore.care.needs import RnrPolicy
from rehabcore.jurisdictions.reading.files import PackTables
from rehabcore.levels.policy import RiskPolicy
from rehabcore.plans import PlanPolicy
from rehabcore.programs import Program, admission
from rehabcore.questions import CaseFacts, CountryWords, Derived, Question, questions
from rehabcore.records import CaseFile, Glossary, consistency
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import AllOf, Criterion
from rehabcore.rules.data.version_forms import Constant
from rehabcore.rules.facts import Fact
from rehabcore.rules.law.versions import Versions
from rehabcore.rules.quick.compilation import RuleSet, compile_rules
from rehabcore.rules.sources import Source, Text
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.documents import refuse_unlike_json
from rehabcore.strict.mappings import FrozenMap
from rehabcore.strict.problems import Problems, one_of, refuse
from rehabcore.strict.vocabulary import ProgramId

T = TypeVar("T")

DatedParameter = Versions[Constant]
"""A figure of law, in every version that is known."""


def _read_only(entries: object) -> Mapping[str, Any]:
    if not isinstance(entries, Mapping):
        refuse(entries, "wrong_type", "a mapping by name", secret=True)
    return FrozenMap(entries)


@frozen(kw_only=True, slots=False)  # without slots, so that what follows is kept once it is made
class Jurisdiction:
    """The law and catalogue of a country, perhaps with an agency's overlay. Made by ``load``.

    ``packs`` are the packs it was read from, as ``id@version``, an overlay last; one that was
    changed here ends in ``+changed``. ``parameters`` are the dated figures of law, and ``rules``
    the named criteria, that others refer to. ``rnr_policy`` is what the country says of risk, need
    and responsivity. ``languages`` are those in which titles are meant to be complete, the
    country's own first.

    What follows from this is made once: its ``questions`` with how each is read, and the whole rule
    of every programme and of every move. Loading makes it, so that it cannot fail about a person.
    """

    jurisdiction_id: str
    title: Text
    about: Text
    packs: tuple[str, ...]
    languages: tuple[str, ...]
    sources: tuple[Source, ...]
    glossary: Glossary
    parameters: Mapping[str, DatedParameter] = field(converter=_read_only)
    rules: Mapping[str, Criterion] = field(converter=_read_only)
    programs: tuple[Program, ...]
    plan_policy: PlanPolicy
    moves: tuple[MoveRule, ...]
    risk_policy: RiskPolicy
    derived: tuple[Derived, ...] = ()
    rnr_policy: RnrPolicy = field(factory=RnrPolicy)
    _tables: tuple[PackTables, ...] = field(eq=False, repr=False)
    _read: "Callable[[tuple[PackTables, ...]], Jurisdiction]" = field(eq=False, repr=False)

    def __repr__(self) -> str:
        return f"<Jurisdiction {'+'.join(self.packs)}: {len(self.programs)} programmes>"

    @cached_property
    def questions(self) -> Mapping[str, Question | Derived]:
        """All that rules may ask, with how each is read, by the name of the fact."""
        words = CountryWords(
            glossary=self.glossary, programs=self.known_programs(), risk_policy=self.risk_policy
        )
        return FrozenMap(questions(words, self.derived))

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """All that rules may ask, by name, in the order in which it is declared."""
        return FrozenMap({name: question.fact for name, question in self.questions.items()})

    @cached_property
    def admissions(self) -> Mapping[ProgramId, AllOf]:
        """The whole rule of every programme, by its id, in the order of the catalogue."""
        rules = {p.program_id: admission(p, self.facts) for p in self.programs}
        return FrozenMap(rules)

    @cached_property
    def permissions(self) -> Mapping[str, AllOf]:
        """The whole rule of every move, by its id."""
        return FrozenMap({move.move_id: permission(move, self.facts) for move in self.moves})

    def known_programs(self) -> tuple[ProgramId, ...]:
        """The ids that records may mention: the catalogue's, then those of other providers."""
        others = (ProgramId(code) for code in codes(self.glossary.other_programs))
        return (*(program.program_id for program in self.programs), *others)

    @checked_arguments
    def program(self, program_id: str) -> Program:
        """A programme or service of the catalogue.

        Raises:
            InputError: there is none of this id.
        """
        programs = {program.program_id: program for program in self.programs}
        return _found(programs, program_id, "program_id", "the id of a programme of the country")

    @checked_arguments
    def move(self, move_id: str) -> MoveRule:
        """A move that the country knows.

        Raises:
            InputError: there is none of this id.
        """
        moves = {move.move_id: move for move in self.moves}
        return _found(moves, move_id, "move_id", "the id of a move of the country")

    @property
    def compiled(self) -> RuleSet:
        """The rules of all programmes, in the order of the catalogue, to be answered together."""
        return compile_rules(tuple(self.admissions.values()))

    @checked_arguments
    def check(self, case: CaseFile, *, known_at: date | None = None) -> None:
        """Check what the records of a case file say together.

        Args:
            case: the whole file.
            known_at: the day up to which records count; None for everything on file.

        Raises:
            InputError: every inconsistency, with its path in the case file.
        """
        found = consistency.check(case, self.glossary, self.known_programs(), known_at)
        Problems(*found).done()

    @checked_arguments
    def facts_of(self, case: CaseFile, *, known_at: date | None = None) -> CaseFacts:
        """What a case file answers to the questions of the country, read as they are asked.

        Args:
            case: the case file.
            known_at: the day up to which records count; None for everything on file.

        Raises:
            InputError: every inconsistency of the case file, with its path.
        """
        self.check(case, known_at=known_at)
        return CaseFacts(case.as_known(known_at or date.max), self.questions)

    def with_parameter(self, name: str, said: Constant | dict[str, Any]) -> "Jurisdiction":
        """This country, were a figure of law another one. All that refers to it follows.

        Args:
            name: a parameter of the country.
            said: what all its versions say instead, as a draft that nothing is cited for; or the
                whole parameter, as a table of ``parameters.toml``.

        Raises:
            InputError: there is no such parameter, or what is said is no plain data.
            JurisdictionError: the country would not be sound.
        """
        refuse_unlike_json(said)
        return self._changed("parameters", name, said)

    def with_rule(self, name: str, rule: Criterion | dict[str, Any]) -> "Jurisdiction":
        """This country, were a named rule another one. All that refers to it follows.

        Args:
            name: a named rule of the country.
            rule: the rule, made of facts of the country, or as a table of ``rules.toml``.

        Raises:
            InputError: there is no such rule, or the rule is neither.
            JurisdictionError: the country would not be sound.
        """
        if not isinstance(rule, Criterion):
            _require_table(rule, "rule")
        return self._changed("rules", name, rule)

    def with_program(self, program_id: str, said: dict[str, Any]) -> "Jurisdiction":
        """This country, were something else stated about a programme.

        Args:
            program_id: a programme of the country.
            said: what is stated instead, with the keys of a table of ``programs.toml``; what it
                does not name stays as it is.

        Raises:
            InputError: there is no such programme, or what is said is no table.
            JurisdictionError: the country would not be sound.
        """
        _require_table(said, "said")
        return self._changed("programs", program_id, said)

    def _changed(self, section: str, name: str, said: object) -> "Jurisdiction":
        """The country read anew from tables of which one is changed, where it is stated."""
        places = {one: n for n, tables in enumerate(self._tables) for one in tables.names(section)}
        place = _found(places, name, "name", f"a name that {section}.toml states")
        tables = [*self._tables]
        tables[place] = tables[place].changed_in(section, name, said)
        return self._read(tuple(tables))


def _require_table(said: object, path: str) -> None:
    """Refuse what is no table, or holds what no table can."""
    if not isinstance(said, dict):
        refuse(said, "wrong_type", "a table, as in the files of a pack", path=path)
    refuse_unlike_json(said)


def _found(named: Mapping[Any, T], name: str, path: str, what: str) -> T:
    """What has a name.

    Raises:
        InputError: nothing has it; those near to it are told.
    """
    if not isinstance(name, str) or name not in named:
        refuse(name, "dangling_id", f"{what}: {one_of(named, name)}", path=path)
    return named[name]

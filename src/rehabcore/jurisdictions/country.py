"""A country, read and checked, with every part that the verbs ask of it made ready."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from attrs import field

from rehabcore.care.community.profiles import UnitProfile
from rehabcore.care.moves.rules import MoveRule, facts_of_transitions, permission
from rehabcore.care.needs import RnrPolicy
from rehabcore.care.plans.policy import PlanPolicy
from rehabcore.jurisdictions.pack_laws.waivers import Waiver
from rehabcore.jurisdictions.reading.files import PackTables
from rehabcore.levels.policy import RiskPolicy
from rehabcore.programs import Program, admission
from rehabcore.questions import CaseFacts, CountryWords, Derived, Question, questions
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import CaseFile, Glossary, consistency
from rehabcore.records.glossary import codes
from rehabcore.records.words import Words
from rehabcore.rules.criteria import AllOf, Criterion
from rehabcore.rules.data.version_forms import Constant
from rehabcore.rules.facts import Fact
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.law.versions import Versions
from rehabcore.rules.sources import Source, Text
from rehabcore.strict.checked import checked_arguments, require_day
from rehabcore.strict.documents import refuse_unlike_json
from rehabcore.strict.frozen import frozen
from rehabcore.strict.mappings import FrozenMap
from rehabcore.strict.problems import Problem, Problems, one_line, one_of, refuse
from rehabcore.strict.vocabulary import ProgramId

TYPE_CHECKING = False  # type checkers read it as true

if TYPE_CHECKING:
    from rehabcore.care.release import ReleasePolicy
    from rehabcore.rules.quick.compilation import RuleSet

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

    ``packs`` lists the packs it was read from, as ``id@version``, an overlay last; a pack that was
    changed in Python ends in ``+changed``. ``parameters`` are the dated figures of law, ``rules``
    the named criteria that others refer to. ``rnr_policy`` is the policy on risk, need and
    responsivity, ``records_policy`` that on how records are read together. ``unit_profiles`` are
    what is known of its therapeutic communities. ``languages`` are those in which titles should be
    complete, the country's own first. ``waivers`` name the laws of packs that it does not keep.

    Everything that follows from these is made once, on loading: the questions, and the whole rule
    of every programme and move. So whatever is wrong with a country is found on loading, and never
    when a person is judged.
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
    records_policy: RecordsPolicy = field(factory=RecordsPolicy)
    unit_profiles: tuple[UnitProfile, ...] = ()
    release_policy: "ReleasePolicy"
    waivers: tuple[Waiver, ...] = ()
    _tables: tuple[PackTables, ...] = field(eq=False, repr=False)
    _read: "Callable[[tuple[PackTables, ...]], Jurisdiction]" = field(eq=False, repr=False)

    def __repr__(self) -> str:
        return one_line(f"<Jurisdiction {'+'.join(self.packs)}: {len(self.programs)} programmes>")

    @cached_property
    def questions(self) -> FrozenMap[str, Question | Derived]:
        """Everything that rules may ask, by the name of its fact."""
        words = CountryWords(
            glossary=self.glossary,
            programs=self.known_programs(),
            risk_policy=self.risk_policy,
            records_policy=self.records_policy,
        )
        return FrozenMap(questions(words, self.derived))

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """All facts that rules may ask, by name, in the order of their declaration."""
        return FrozenMap({name: question.fact for name, question in self.questions.items()})

    @cached_property
    def admissions(self) -> Mapping[ProgramId, AllOf]:
        """The admission rule of every programme, by its id, in the order of the catalogue."""
        rules = {p.program_id: admission(p, self.facts) for p in self.programs}
        return FrozenMap(rules)

    @cached_property
    def permissions(self) -> Mapping[str, AllOf]:
        """The whole rule of every move, by its id."""
        needed = {move.move_id: permission(move, self.facts_of_moves) for move in self.moves}
        return FrozenMap(needed)

    @cached_property
    def facts_of_moves(self) -> Mapping[str, Fact]:
        """The facts that rules of moves ask: all others, and those of a transition."""
        own = facts_of_transitions(codes(self.glossary.checklist_items))
        return FrozenMap({**self.facts, **own})

    @cached_property
    def admissions_on_any_day(self) -> Mapping[ProgramId, Criterion]:
        """The same as ``admissions``, for any day: law that is not on file stops only its own rule.

        Every verb asks these. On a day that the data of some law does not cover, the rule is
        unknown, and a person has to judge; the one in ``admissions`` refuses such a day.
        """
        return FrozenMap({name: on_any_day(rule) for name, rule in self.admissions.items()})

    @cached_property
    def permissions_on_any_day(self) -> Mapping[str, Criterion]:
        """The same as ``permissions``, for any day, as ``admissions_on_any_day``."""
        return FrozenMap({name: on_any_day(rule) for name, rule in self.permissions.items()})

    def known_programs(self) -> tuple[ProgramId, ...]:
        """The ids of programmes that records may mention: the catalogue's, then those of others."""
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

    @checked_arguments
    def unit_profile(self, profile_id: str) -> UnitProfile:
        """The profile of one of the country's therapeutic communities.

        Raises:
            InputError: there is none of this id.
        """
        profiles = {profile.profile_id: profile for profile in self.unit_profiles}
        expected = "the id of a profile of the country"
        return _found(profiles, profile_id, "profile_id", expected)

    @property
    def compiled(self) -> "RuleSet":
        """The admission rules of all programmes, in catalogue order, compiled for quick answers."""
        from rehabcore.rules.quick.compilation import compile_rules  # most verbs never ask for it

        return compile_rules(tuple(self.admissions_on_any_day.values()))

    @checked_arguments
    def check(self, case: CaseFile, *, known_at: date | None = None) -> None:
        """Check whether the records of a case file fit together.

        Args:
            case: the whole file.
            known_at: the day up to which records count; None for everything on file.

        Raises:
            InputError: names every inconsistency, with its path in the case file.
        """
        Problems(*self._examined(case, known_at).problems).done()

    @checked_arguments
    def facts_of(
        self, case: CaseFile, *, known_at: date | None = None, strict: bool = False
    ) -> CaseFacts:
        """The facts of a case file: its answers to the questions of the country.

        The file is checked first. Each fact is read when it is first asked. A fault of a single
        record leaves open what depends on it, and ``CaseFacts.set_aside`` tells of it.

        Args:
            case: the case file.
            known_at: the day up to which records count; None for everything on file.
            strict: whether a fault of a single record is an error as well.

        Raises:
            InputError: names every inconsistency of the case file, with its path.
        """
        findings = self._examined(case, known_at)
        if strict or findings.errors:
            Problems(*findings.problems).done()
        return CaseFacts(case, self.questions, findings=findings, known_at=known_at or date.max)

    def _examined(self, case: CaseFile, known_at: date | None) -> consistency.Findings:
        return consistency.examine(case, self.words, known_at)

    @cached_property
    def words(self) -> Words:
        """The words that records may use, and the programmes and services that they may name."""
        return Words(self.glossary, self.known_programs(), (move.move_id for move in self.moves))

    def with_parameter(
        self, name: str, said: bool | int | str | date | list[str] | dict[str, Any]
    ) -> "Jurisdiction":
        """A new country with another figure of law. Everything that refers to it follows.

        Args:
            name: a parameter of the country.
            said: the new value of all its versions, as a draft without citation; or the whole
                parameter, as a table of ``parameters.toml``.

        Raises:
            InputError: there is no such parameter, or ``said`` is not plain data, or has a time of
                day.
            JurisdictionError: the country would not be sound.
        """
        if isinstance(said, date):
            require_day(said, "said")
        refuse_unlike_json(said)
        return self._changed("parameters", name, said)

    def with_rule(self, name: str, rule: Criterion | dict[str, Any]) -> "Jurisdiction":
        """A new country with another rule of some name. Everything that refers to it follows.

        Args:
            name: a named rule of the country.
            rule: the rule, made of facts of the country, or as a table of ``rules.toml``.

        Raises:
            InputError: there is no such rule, or ``rule`` is neither a criterion nor a table.
            JurisdictionError: the country would not be sound.
        """
        if not isinstance(rule, Criterion):
            _require_table(rule, "rule")
        return self._changed("rules", name, rule)

    def with_program(self, program_id: str, said: dict[str, Any]) -> "Jurisdiction":
        """A new country in which a programme has other fields.

        Args:
            program_id: a programme of the country.
            said: the new fields, with the keys of a table of ``programs.toml``; fields that it does
                not name stay as they are. Its id and its sources are none of them.

        Raises:
            InputError: there is no such programme, or ``said`` is not a table, or it renames the
                programme or claims a source.
            JurisdictionError: the country would not be sound.
        """
        _require_table(said, "said")
        expected, kept = "fields that no source states", ("program_id", "cite", "status", "draft")
        Problems(
            *(
                Problem.of(said[key], "unknown_key", expected, path=f"said.{key}")
                for key in kept
                if key in said
            )
        ).done()
        return self._changed("programs", program_id, said)

    def _changed(self, section: str, name: str, said: object) -> "Jurisdiction":
        """The country read anew, with one table changed in the pack that states it."""
        places = {one: n for n, tables in enumerate(self._tables) for one in tables.names(section)}
        place = _found(places, name, "name", f"a name that {section}.toml states")
        tables = [*self._tables]
        tables[place] = tables[place].changed_in(section, name, said)
        return self._read(tuple(tables))


def _require_table(said: object, path: str) -> None:
    """Refuse a value that is not a table, or holds a value that no table can hold."""
    if not isinstance(said, dict):
        refuse(said, "wrong_type", "a table, as in the files of a pack", path=path)
    refuse_unlike_json(said)


def _found(named: Mapping[Any, T], name: str, path: str, what: str) -> T:
    """The item with a name.

    Raises:
        InputError: nothing has this name; the error tells names near to it.
    """
    if not isinstance(name, str) or name not in named:
        refuse(name, "dangling_id", f"{what}: {one_of(named, name)}", path=path)
    return named[name]

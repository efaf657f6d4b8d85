"""Reading a country pack: a folder of TOML files, every fault with file, path and cure.

    pack.toml        id, version, title, languages; ``extends`` makes it an overlay
    sources.toml     the texts that are cited
    glossary.toml    the country's words: areas, need domains, levels, kinds of records
    parameters.toml  figures of law that changed or will, each version with its days
    derived.toml     facts that are made of others: comparisons and scores
    rules.toml       named criteria, each of which may refer to those above it
    programs.toml    programmes and services, with defaults for all of them
    entry.toml       in an overlay: an agency's own entry rules for programmes of the base
    plan.toml        how plans are drafted
    rnr.toml         risk, need, responsivity: dosage, what comes first, who is kept apart
    moves.toml       the moves between settings
    risk.toml        levels of risk: overrides, reassessments, what bands of instruments mean

An overlay adds to its base, and replaces only the policies of ``plan.toml`` and ``rnr.toml``, and
the limits of overrides.
Problems are reported together for each stage: the files as TOML; then pack, sources and glossary;
then parameters; then derived facts; then rules; then what refers to them.
"""

from collections.abc import Container, Iterable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import attrs
from attrs import evolve, frozen

from rehabcore.care.moves import MoveRule
from rehabcore.care.needs import RnrPolicy
from rehabcore.jurisdictions.country import Jurisdiction, Parameter
from rehabcore.jurisdictions.reading.derived_facts import read_derived
from rehabcore.jurisdictions.reading.files import Faults, read_tables
from rehabcore.jurisdictions.reading.needs_tables import RnrReader
from rehabcore.jurisdictions.reading.risk_levels import read_risk_policy
from rehabcore.jurisdictions.reading.soundness import unsound
from rehabcore.plans import PlanPolicy
from rehabcore.programs import Program
from rehabcore.questions import CLOCKS, Derived, declare
from rehabcore.questions.families.judgement import UNPUBLISHED_RULES_MET
from rehabcore.records import Glossary
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Criterion, ask
from rehabcore.rules.criteria import named as called
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import criterion_forms, plain_forms
from rehabcore.rules.facts import Fact
from rehabcore.rules.sources import Source, Status, Text
from rehabcore.strict.checked import checked, codes_only, not_empty
from rehabcore.strict.problems import (
    InputError,
    JurisdictionError,
    Problem,
    Problems,
    fault,
    is_code,
    missing_key,
    shown,
    shown_key,
    unknown_keys,
)
from rehabcore.strict.structure import Codec
from rehabcore.strict.vocabulary import ProgramId

T = TypeVar("T")

_CODEC = Codec(plain_forms(dates_are_objects=True), dates_are_objects=True)
_HERE = resources.files("rehabcore.jurisdictions").joinpath("packs")


def bundled() -> tuple[str, ...]:
    """The ids of the packs that come with the library, in order."""
    return tuple(
        sorted(folder.name for folder in _HERE.iterdir() if folder.joinpath("pack.toml").is_file())
    )


def load(which: str | Path) -> Jurisdiction:
    """Read a country pack.

    Args:
        which: the id of a bundled pack, or the path of a folder.

    Raises:
        JurisdictionError: every problem of the stage in which reading stopped.
    """
    if isinstance(which, Path):
        return _read(which)
    if which not in bundled():
        raise JurisdictionError([_unknown_pack(which, "")])
    return _read(_HERE.joinpath(which))


def _unknown_pack(which: str, path: str) -> Problem:
    expected = f"a bundled country ({', '.join(bundled())}), or the path of a folder"
    return Problem(code="unknown_jurisdiction", path=path, found=shown(which), expected=expected)


def examples() -> dict[str, str]:
    """The case files that come with the library, as JSON text, by ``jurisdiction/name``."""
    return {
        f"{folder}/{file.name.removesuffix('.json')}": file.read_text("utf-8")
        for folder in bundled()
        if _HERE.joinpath(folder, "cases").is_dir()
        for file in sorted(_HERE.joinpath(folder, "cases").iterdir(), key=lambda file: file.name)
    }


@frozen(kw_only=True)
@checked
class _Pack:
    """What ``pack.toml`` says."""

    id: str
    version: str
    title: Text
    about: Text
    languages: tuple[str, ...]
    extends: str | None = None

    def _faults(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        yield from not_empty(self, "version")


def _read(folder: Traversable) -> Jurisdiction:
    tables = read_tables(folder)
    faults = Faults()
    pack = faults.of("pack.toml", _CODEC.read, tables["pack.toml"], _Pack)
    faults.done()
    if pack.extends is not None and pack.extends not in bundled():
        faults.add("pack.toml", [_unknown_pack(pack.extends, "extends")])
        faults.done()
    base = load(pack.extends) if pack.extends is not None else None
    sources = faults.of("sources.toml", _sources, tables["sources.toml"], base)
    glossary = faults.of("glossary.toml", _glossary, tables["glossary.toml"], base)
    ids = faults.of("programs.toml", _program_ids, tables["programs.toml"], base)
    faults.done()
    facts = declare(glossary, (*ids, *map(ProgramId, codes(glossary.other_programs))))
    stamp = f"{pack.id}@{pack.version}"
    statuses = {source.source_id: source.status for source in reversed(sources)}
    reader = CriterionReader(
        facts=_with_derived(facts, base.derived if base else ()),
        rules={},
        codec=_CODEC,
        parameters=dict(base.parameters) if base else {},
        clocks=CLOCKS,
        sources=statuses,
        origin=stamp,
    )
    reader, derived = _with_law(reader, tables, faults, base)
    codec = Codec(
        (*plain_forms(dates_are_objects=True), *criterion_forms(reader)), dates_are_objects=True
    )
    programs = faults.of("programs.toml", _programs, tables["programs.toml"], codec, base, stamp)
    policy = faults.of("plan.toml", _policy, tables["plan.toml"], codec, base)
    rnr = faults.of("rnr.toml", _rnr, tables["rnr.toml"], statuses, glossary, ids, base)
    moves = faults.of("moves.toml", _moves, tables["moves.toml"], codec, base)
    risk = faults.of("risk.toml", read_risk_policy, tables["risk.toml"], codec, glossary, base)
    faults.done()
    programs = faults.of("entry.toml", _with_entry, programs, tables["entry.toml"], reader)
    faults.done()
    jurisdiction = Jurisdiction(
        jurisdiction_id=pack.id,
        title=pack.title,
        about=pack.about,
        packs=(*(base.packs if base else ()), stamp),
        languages=pack.languages,
        sources=sources,
        glossary=glossary,
        facts=reader.facts,
        parameters=reader.parameters,
        derived=derived,
        rules=reader.rules,
        programs=programs,
        plan_policy=policy,
        rnr_policy=rnr,
        moves=moves,
        risk_policy=risk,
    )
    for file, problems in unsound(jurisdiction, base).items():
        faults.add(file, problems)
    faults.done()
    return jurisdiction


def _with_law(
    reader: CriterionReader,
    tables: Mapping[str, Mapping[str, Any]],
    faults: Faults,
    base: Jurisdiction | None,
) -> tuple[CriterionReader, tuple[Derived, ...]]:
    """A reader that also knows the pack's parameters, derived facts and rules, in this order."""
    parameters = faults.of("parameters.toml", _parameters, tables["parameters.toml"], reader)
    faults.done()
    reader = evolve(reader, parameters=parameters)
    derived = faults.of("derived.toml", read_derived, tables["derived.toml"], reader)
    faults.done()
    facts, rules = _with_derived(reader.facts, derived), dict(base.rules) if base else {}
    reader = evolve(reader, facts=facts, rules=rules)
    rules = faults.of("rules.toml", _rules, tables["rules.toml"], reader)
    faults.done()
    return evolve(reader, rules=rules), (*(base.derived if base else ()), *derived)


def _list_of(table: Mapping[str, Any], key: str, codec: Codec, item: type[T]) -> tuple[T, ...]:
    """The list that is the only thing in a file; an absent file is an empty list."""
    _only(table, {key})
    wanted: Any = tuple[item, ...]  # type: ignore[valid-type]
    read: tuple[T, ...] = codec.read(table.get(key, []), wanted, path=key)
    return read


def _only(table: Mapping[str, Any], allowed: set[str]) -> None:
    unknown = unknown_keys(table, allowed)
    if unknown:
        raise InputError(unknown)


def _with_derived(facts: Mapping[str, Fact], derived: Iterable[Derived]) -> dict[str, Fact]:
    return {**facts, **{made.fact.name: made.fact for made in derived}}


# --- what the files say -------------------------------------------------------------------


def _sources(table: Mapping[str, Any], base: Jurisdiction | None) -> tuple[Source, ...]:
    return (*(base.sources if base else ()), *_list_of(table, "sources", _CODEC, Source))


def _glossary(table: Mapping[str, Any], base: Jurisdiction | None) -> Glossary:
    if base is None:
        return _CODEC.read(dict(table), Glossary)
    fields = attrs.fields(attrs.resolve_types(Glossary))
    lists: dict[str, Any] = {field.name: field.type for field in fields}
    _only(table, set(lists))
    problems, merged = Problems(), {}
    for name, kind in lists.items():
        before = getattr(base.glossary, name)
        own = problems.at("", _CODEC.read, table.get(name, []), kind, path=name) or ()
        for index, word in enumerate(own):
            if word.id in codes(before):
                expected, path = "a code that the base does not have", f"{name}[{index}].id"
                problems.note(word.id, "duplicate_id", expected, path=path)
        merged[name] = (*before, *own)
    problems.done()
    return Glossary(**merged)


def _program_ids(table: Mapping[str, Any], base: Jurisdiction | None) -> tuple[ProgramId, ...]:
    listed = table.get("programs", [])
    tables = [p for p in listed if isinstance(p, dict)] if isinstance(listed, list) else []
    ids = [p["program_id"] for p in tables if isinstance(p.get("program_id"), str)]
    inherited = [program.program_id for program in base.programs] if base else []
    return tuple(dict.fromkeys((*inherited, *map(ProgramId, ids))))


def _parameters(table: Mapping[str, Any], reader: CriterionReader) -> dict[str, Parameter]:
    _only(table, {"parameters"})
    parameters, problems = dict(reader.parameters), Problems()
    for name, plain in _named(table, "parameters").items():
        path = f"parameters.{shown_key(name)}"
        _check_name(name, parameters, problems, path)
        parameters[name] = problems.at(path, reader.parameter, name, plain)
    problems.done()
    return parameters


def _named(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The tables of a file that holds nothing but tables with a name."""
    named = table.get(key, {})
    if not isinstance(named, dict):
        fault(named, "wrong_type", f"tables [{key}.ID]", path=key)
    return named


def _check_name(name: str, taken: Container[str], problems: Problems, path: str) -> None:
    if not is_code(name):
        problems.note(name, "not_a_code", "lower-case letters, digits, _ and -", path=path)
    if name in taken:
        problems.note(name, "duplicate_id", "a name that no other has", path=path)


_STAND_IN = ask(UNPUBLISHED_RULES_MET).is_(True)
"""Takes the place of a faulty rule while the others are read, so that they are not blamed."""


def _rules(table: Mapping[str, Any], reader: CriterionReader) -> dict[str, Criterion]:
    _only(table, {"rules"})
    rules, problems = dict(reader.rules), Problems()
    for name, plain in _named(table, "rules").items():
        path = f"rules.{shown_key(name)}"
        _check_name(name, rules, problems, path)
        known = evolve(reader, rules=dict(rules))
        rule = problems.at(path, known.read, plain)
        rules[name] = called(name, rule) if rule is not None else _STAND_IN
    problems.done()
    return rules


def _programs(
    table: Mapping[str, Any], codec: Codec, base: Jurisdiction | None, stamp: str
) -> tuple[Program, ...]:
    _only(table, {"defaults", "programs"})
    defaults, listed = table.get("defaults", {}), table.get("programs", [])
    if not isinstance(defaults, dict):
        fault(defaults, "wrong_type", "a table", path="defaults")
    if isinstance(listed, list):
        listed = [{**defaults, **p} if isinstance(p, dict) else p for p in listed]
    own = _list_of({"programs": listed}, "programs", codec, Program)
    stamped = (evolve(program, origin=stamp) for program in own)
    return (*(base.programs if base else ()), *stamped)


def _with_entry(
    programs: tuple[Program, ...], table: Mapping[str, Any], reader: CriterionReader
) -> tuple[Program, ...]:
    """Add an agency's own entry rules; they stand beside the published ones, never instead."""
    _only(table, {"entry"})
    entry: dict[str, Criterion] = {}
    problems = Problems()
    known = {program.program_id for program in programs}
    for name, plain in _named(table, "entry").items():
        path = f"entry.{shown_key(name)}"
        if name not in known:
            expected = "the id of a programme of the country"
            problems.note(name, "dangling_id", expected, path=path)
        entry[name] = problems.at(path, reader.read, plain)
    problems.done()
    return tuple(_join_entry(program, entry.get(program.program_id)) for program in programs)


def _join_entry(program: Program, local: Criterion | None) -> Program:
    if local is None:
        return program
    return evolve(program, entry=local if program.entry is None else program.entry & local)


def _policy(table: Mapping[str, Any], codec: Codec, base: Jurisdiction | None) -> PlanPolicy:
    if base is not None and not table:
        return base.plan_policy
    _only(table, {"policy"})
    if "policy" not in table:
        raise InputError([missing_key("policy")])
    return codec.read(table.get("policy"), PlanPolicy, path="policy")


def _rnr(
    table: Mapping[str, Any],
    sources: Mapping[str, Status],
    glossary: Glossary,
    programs: tuple[ProgramId, ...],
    base: Jurisdiction | None,
) -> RnrPolicy:
    if not table:
        return base.rnr_policy if base is not None else RnrPolicy()
    reader = RnrReader(codec=_CODEC, sources=sources, glossary=glossary, programs=programs)
    return reader.read(table)


def _moves(
    table: Mapping[str, Any], codec: Codec, base: Jurisdiction | None
) -> tuple[MoveRule, ...]:
    return (*(base.moves if base else ()), *_list_of(table, "moves", codec, MoveRule))

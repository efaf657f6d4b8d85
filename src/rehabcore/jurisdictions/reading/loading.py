"""Reading a country pack: a folder of TOML files, every problem with file, path and cure.

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
    units.toml       what is known of therapeutic communities
    release.toml     what is to be done around a release, and by when
    risk.toml        levels of risk: overrides, reassessments, what bands of instruments mean
    records.toml     how records are read together
    waivers.toml     the laws of packs that need not hold somewhere, each with a reason

An overlay adds to its base, and replaces only the policies of ``plan.toml`` and ``rnr.toml``, each
table of ``records.toml``, and the limits of overrides.
Problems are reported together for each stage: the files as TOML; then pack, sources and glossary;
then parameters; then derived facts; then rules; then what refers to them.
"""

import re
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from rehabcore.care.needs import RnrPolicy
from rehabcore.care.plans.policy import PlanPolicy
from rehabcore.jurisdictions.country import DatedParameter, Jurisdiction
from rehabcore.jurisdictions.reading.care_tables import read_care
from rehabcore.jurisdictions.reading.derived_facts import draft_facts, read_derived
from rehabcore.jurisdictions.reading.files import PackTables
from rehabcore.jurisdictions.reading.finding import bundled_folder, from_below, pack_tables
from rehabcore.jurisdictions.reading.needs_tables import RnrReader, with_subdomains
from rehabcore.jurisdictions.reading.risk_levels import read_risk_policy
from rehabcore.jurisdictions.reading.soundness import country_problems, unready
from rehabcore.jurisdictions.reading.stated_lists import list_of, only_keys, stamped_list
from rehabcore.programs import Program
from rehabcore.questions import CLOCKS, CountryWords, Derived, questions
from rehabcore.questions.families.judgement import UNPUBLISHED_RULES_MET
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import Glossary
from rehabcore.records.glossary import NEEDED, codes
from rehabcore.rules.criteria import Criterion, ask, comparisons
from rehabcore.rules.criteria import named as called
from rehabcore.rules.data.about_forms import ABOUT_KEYS, STATED_KEYS
from rehabcore.rules.data.criterion_forms import CriterionReader, write_criterion
from rehabcore.rules.data.plain import criterion_forms, plain_forms
from rehabcore.rules.facts import Fact
from rehabcore.rules.sources import Source, Status, Text
from rehabcore.strict.checked import checked, codes_only
from rehabcore.strict.frozen import frozen, stated_fields
from rehabcore.strict.problems import (
    InputError,
    JurisdictionError,
    Problem,
    Problems,
    is_code,
    missing_key,
    one_of,
    refuse,
    shown_key,
)
from rehabcore.strict.structure import Codec
from rehabcore.strict.vocabulary import ProgramId

T = TypeVar("T")

CHANGED = "+changed"
"""The end of the version of a pack that is not as it was published."""

MOST_COUNTRIES_KEPT = 8
"""How many countries are kept once they were read, by the content of their files."""

_CODEC = Codec(plain_forms(dates_are_objects=True), dates_are_objects=True)


def load(which: str | PathLike[str]) -> Jurisdiction:
    """Read a country pack; a pack whose files did not change gives the same country again.

    Args:
        which: the id of a bundled pack, or the path of a folder. A text is always an id:
            ``load("xx")``, ``load(Path("packs/xx"))``.

    Raises:
        InputError: it is neither an id nor a path.
        JurisdictionError: there is no such pack; or names every problem of the stage in which
            reading stopped.
    """
    if isinstance(which, str):
        return _bundled_country(which)
    if not isinstance(which, PathLike) or not isinstance(which.__fspath__(), str):
        refuse(which, "wrong_type", 'the id of a bundled pack, or a path, as in load(Path("xx"))')
    return _kept_country(pack_tables(Path(which)))


@lru_cache(maxsize=MOST_COUNTRIES_KEPT)
def _bundled_country(which: str) -> Jurisdiction:
    """A bundled country, kept once it was read: its files come with the library and do not change.

    The files of a folder of the caller's are read each time, since they may have been edited.
    """
    return _kept_country(pack_tables(bundled_folder(which, "")))


@lru_cache(maxsize=MOST_COUNTRIES_KEPT)
def _kept_country(packs: tuple[PackTables, ...]) -> Jurisdiction:
    """The country of packs, kept as long as their tables are; no part of a country can change."""
    return read_country(packs)


@frozen(kw_only=True)
@checked
class _Pack:
    """The contents of ``pack.toml``."""

    id: str
    version: str
    title: Text
    about: Text
    languages: tuple[str, ...]
    extends: str | None = None
    not_published: tuple[str, ...] = ()

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "id")
        for index, name in enumerate(self.not_published):
            if name not in NEEDED:
                path = f"not_published[{index}]"
                yield Problem.of(name, "unknown_value", one_of(NEEDED, name), path=path)
        if not re.fullmatch(
            r"[\w.-]+", self.version, re.ASCII
        ):  # it stands in stamps, between @ and +
            expected = 'the year and a number, such as "2026.1"'
            yield Problem.of(self.version, "not_a_code", expected, path="version")


def read_country(packs: tuple[PackTables, ...]) -> Jurisdiction:
    """The country that packs state together.

    Args:
        packs: their tables, those of a base before those of its overlay; at least one.

    Raises:
        JurisdictionError: names every problem of the stage in which reading stopped.
    """
    # Each stage needs the ones before it: words before the facts that are made of them, facts
    # before parameters and rules, rules before the programmes that refer to them. A stage with
    # problems ends the reading, since all later ones would only repeat them.
    base = from_below(packs[-1:], _kept_country, packs[:-1]) if packs[1:] else None
    tables, stage = packs[-1].files, Problems(error=JurisdictionError)
    pack = stage.in_file("pack.toml", _pack, tables["pack.toml"], base)
    stage.done()
    sources = stage.in_file("sources.toml", _sources, tables["sources.toml"], base)
    glossary = stage.in_file("glossary.toml", _glossary, tables["glossary.toml"], base, pack)
    ids = stage.in_file("programs.toml", _program_ids, tables["programs.toml"], base)
    stage.done()
    words = _words(glossary, ids, tables, stage, base)
    stamp = f"{pack.id}@{pack.version}{'' if packs[-1].as_published else CHANGED}"
    statuses = {source.source_id: source.status for source in reversed(sources)}
    reader, derived = _with_law(_reader(words, statuses, stamp, base), tables, stage, base)
    codec = Codec(
        (*plain_forms(dates_are_objects=True), *criterion_forms(reader)), dates_are_objects=True
    )
    programs = stage.in_file(
        "programs.toml", _programs, tables["programs.toml"], codec, reader, base, stamp
    )
    policy = stage.in_file("plan.toml", _policy, tables["plan.toml"], base)
    rnr = stage.in_file("rnr.toml", _rnr, tables["rnr.toml"], statuses, glossary, base)
    of_care = read_care(tables, stage, codec, base, stamp)
    stage.done()
    programs = stage.in_file("entry.toml", _with_entry, programs, tables["entry.toml"], reader)
    stage.done()
    jurisdiction = Jurisdiction(
        jurisdiction_id=pack.id,
        title=pack.title,
        about=pack.about,
        packs=(*(base.packs if base else ()), stamp),
        languages=pack.languages,
        sources=sources,
        glossary=glossary,
        parameters=reader.parameters,
        derived=derived,
        rules=reader.rules,
        programs=programs,
        plan_policy=policy,
        rnr_policy=rnr,
        **of_care,
        risk_policy=words.risk_policy,
        records_policy=words.records_policy,
        tables=packs,
        read=read_country,
    )
    _require_sound(jurisdiction, base, entry=tables["entry.toml"].get("entry", {}))
    return jurisdiction


def _words(
    glossary: Glossary,
    ids: tuple[ProgramId, ...],
    tables: Mapping[str, Mapping[str, Any]],
    stage: Problems,
    base: Jurisdiction | None,
) -> CountryWords:
    """The words and policies with which the questions are made."""
    risk = stage.in_file("risk.toml", read_risk_policy, tables["risk.toml"], _CODEC, glossary, base)
    records = stage.in_file("records.toml", _records, tables["records.toml"], base)
    stage.done()
    known = (*ids, *map(ProgramId, codes(glossary.other_programs)))
    return CountryWords(glossary=glossary, programs=known, risk_policy=risk, records_policy=records)


def _require_sound(
    jurisdiction: Jurisdiction, base: Jurisdiction | None, *, entry: Container[str]
) -> None:
    """Refuse parts that do not fit together; then rules that cannot be made from the parts."""
    Problems(*country_problems(jurisdiction, base), error=JurisdictionError).done()
    Problems(*unready(jurisdiction, base, entry), error=JurisdictionError).done()


def _reader(
    words: CountryWords, statuses: Mapping[str, Status], stamp: str, base: Jurisdiction | None
) -> CriterionReader:
    """A reader that knows the facts of records, and the law of the base."""
    asked = questions(words, base.derived if base else ())
    return CriterionReader(
        facts={name: question.fact for name, question in asked.items()},
        rules={},
        codec=_CODEC,
        parameters=dict(base.parameters) if base else {},
        clocks=CLOCKS,
        sources=statuses,
        origin=stamp,
        about_keys=STATED_KEYS,
    )


def _with_law(
    reader: CriterionReader,
    tables: Mapping[str, Mapping[str, Any]],
    stage: Problems,
    base: Jurisdiction | None,
) -> tuple[CriterionReader, tuple[Derived, ...]]:
    """A reader that also knows the pack's parameters, derived facts and rules, in this order."""
    parameters = stage.in_file("parameters.toml", _parameters, tables["parameters.toml"], reader)
    stage.done()
    reader = evolve(reader, parameters=parameters)
    derived = stage.in_file("derived.toml", read_derived, tables["derived.toml"], reader)
    stage.done()
    facts, rules = _with_derived(reader.facts, derived), dict(base.rules) if base else {}
    derived = (*(base.derived if base else ()), *derived)
    reader = evolve(reader, facts=facts, rules=rules, drafts=draft_facts(derived))
    rules = stage.in_file("rules.toml", _rules, tables["rules.toml"], reader)
    stage.done()
    return evolve(reader, rules=rules), derived


def _with_derived(facts: Mapping[str, Fact], derived: Iterable[Derived]) -> dict[str, Fact]:
    return {**facts, **{made.fact.name: made.fact for made in derived}}


# --- what the files say -------------------------------------------------------------------


def _pack(table: Mapping[str, Any], base: Jurisdiction | None) -> _Pack:
    pack = _CODEC.read(dict(table), _Pack)
    if pack.id in [stamp.partition("@")[0] for stamp in (base.packs if base else ())]:
        expected = "an id that no pack below has, so that proofs tell them apart"
        refuse(pack.id, "duplicate_id", expected, path="id")
    return pack


def _sources(table: Mapping[str, Any], base: Jurisdiction | None) -> tuple[Source, ...]:
    return (*(base.sources if base else ()), *list_of(table, "sources", _CODEC, Source))


def _glossary(table: Mapping[str, Any], base: Jurisdiction | None, pack: _Pack) -> Glossary:
    if base is None:
        stated = _CODEC.read(dict(table), Glossary)
        _require_published(stated, pack)
        return stated
    lists = {name: kind for name, kind, _ in stated_fields(Glossary)}
    only_keys(table, set(lists))
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


def _require_published(stated: Glossary, pack: _Pack) -> None:
    """Refuse a list without words, if the pack does not say that it is not published."""
    problems = Problems()
    for name in NEEDED:
        if not getattr(stated, name) and name not in pack.not_published:
            expected = "at least one word, or its name in not_published of pack.toml"
            problems.note([], "empty_group", expected, path=name)
    problems.done()


def _program_ids(table: Mapping[str, Any], base: Jurisdiction | None) -> tuple[ProgramId, ...]:
    listed = table.get("programs", [])
    tables = [p for p in listed if isinstance(p, dict)] if isinstance(listed, list) else []
    ids = [p["program_id"] for p in tables if isinstance(p.get("program_id"), str)]
    inherited = [program.program_id for program in base.programs] if base else []
    return tuple(dict.fromkeys((*inherited, *map(ProgramId, ids))))


def _parameters(table: Mapping[str, Any], reader: CriterionReader) -> dict[str, DatedParameter]:
    only_keys(table, {"parameters"})
    parameters, problems = dict(reader.parameters), Problems()
    for name, plain in _named(table, "parameters").items():
        path = f"parameters.{shown_key(name)}"
        _check_name(name, parameters, problems, path)
        parameters[name] = problems.at(path, reader.parameter, name, plain)
    problems.done()
    return parameters


def _named(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The tables of a file that consists of tables with names."""
    named = table.get(key, {})
    if not isinstance(named, dict):
        refuse(named, "wrong_type", f"tables [{key}.ID]", path=key)
    return named


def _check_name(name: str, taken: Container[str], problems: Problems, path: str) -> None:
    if not is_code(name):
        problems.note(name, "not_a_code", "lower-case letters, digits, _ and -", path=path)
    if name in taken:
        problems.note(name, "duplicate_id", "a name that no other has", path=path)


_STAND_IN = ask(UNPUBLISHED_RULES_MET).is_(True)
"""Takes the place of a faulty rule while the others are read, so that they are not blamed."""


def _rules(table: Mapping[str, Any], reader: CriterionReader) -> dict[str, Criterion]:
    only_keys(table, {"rules"})
    rules, problems = dict(reader.rules), Problems()
    for name, plain in _named(table, "rules").items():
        path = f"rules.{shown_key(name)}"
        _check_name(name, rules, problems, path)
        known = evolve(reader, rules=dict(rules))
        rule = problems.at(path, _criterion, plain, known)
        rules[name] = called(name, rule) if rule is not None else _STAND_IN
    problems.done()
    return rules


def _criterion(plain: object, reader: CriterionReader) -> Criterion:
    """A rule as a table, or one that was made in Python for a country that is not as published."""
    if not isinstance(plain, Criterion):
        return reader.read(plain)
    for compare in comparisons(plain):
        if reader.facts.get(compare.asked.fact.name) != compare.asked.fact:
            expected = "rules that ask facts of the country"
            refuse(compare.asked.fact.name, "unknown_fact", expected)
    known = evolve(reader, about_keys=ABOUT_KEYS)
    return known.read(write_criterion(plain, _CODEC))  # so that what it claims is checked


_RULES = ("audience", "entry")
"""The keys of a programme that hold a rule of its own."""


def _programs(
    table: Mapping[str, Any],
    codec: Codec,
    reader: CriterionReader,
    base: Jurisdiction | None,
    stamp: str,
) -> tuple[Program, ...]:
    only_keys(table, {"defaults", "programs"})
    defaults, listed = table.get("defaults", {}), table.get("programs", [])
    if not isinstance(defaults, dict):
        refuse(defaults, "wrong_type", "a table", path="defaults")
    problems, rules = Problems(), list[dict[str, Any]]()
    if isinstance(listed, list):
        listed = [{**defaults, **p} if isinstance(p, dict) else p for p in listed]
        rules = [_own_rules(p, reader, f"programs[{n}]", problems) for n, p in enumerate(listed)]
        listed = [_without_rules(p) for p in listed]
    own = problems.at("", stamped_list, {"programs": listed}, "programs", codec, Program, stamp)
    problems.done()
    made = (evolve(program, **said) for program, said in zip(own, rules, strict=True))
    return (*(base.programs if base else ()), *made)


def _own_rules(
    plain: object, reader: CriterionReader, path: str, problems: Problems
) -> dict[str, Any]:
    """The rules of a programme's own, by their keys."""
    stated = plain if isinstance(plain, dict) else {}
    own = _of_program(reader, str(stated.get("program_id")))
    named = [name for name in _RULES if stated.get(name) is not None]
    return {name: problems.at(f"{path}.{name}", own.read, stated[name]) for name in named}


def _without_rules(plain: object) -> object:
    if not isinstance(plain, dict):
        return plain
    return {key: said for key, said in plain.items() if key not in _RULES}


def _of_program(reader: CriterionReader, program_id: str) -> CriterionReader:
    """The reader of a programme's own rules: a clock that goes by a programme goes by this one."""
    return evolve(reader, clocks_given={"program": program_id})


def _with_entry(
    programs: tuple[Program, ...], table: Mapping[str, Any], reader: CriterionReader
) -> tuple[Program, ...]:
    """Add an agency's own entry rules; they stand beside the published ones, never instead."""
    only_keys(table, {"entry"})
    entry: dict[str, Criterion] = {}
    problems = Problems()
    known = {program.program_id for program in programs}
    for name, plain in _named(table, "entry").items():
        path = f"entry.{shown_key(name)}"
        if name not in known:
            expected = f"the id of a programme of the country: {one_of(sorted(known), name)}"
            problems.note(name, "dangling_id", expected, path=path)
        entry[name] = problems.at(path, _of_program(reader, name).read, plain)
    problems.done()
    return tuple(_join_entry(program, entry.get(program.program_id)) for program in programs)


def _join_entry(program: Program, local: Criterion | None) -> Program:
    if local is None:
        return program
    return evolve(program, entry=local if program.entry is None else program.entry & local)


def _policy(table: Mapping[str, Any], base: Jurisdiction | None) -> PlanPolicy:
    if base is not None and not table:
        return base.plan_policy
    only_keys(table, {"policy"})
    if "policy" not in table:
        raise InputError([missing_key("policy")])
    return _CODEC.read(table.get("policy"), PlanPolicy, path="policy")


def _records(table: Mapping[str, Any], base: Jurisdiction | None) -> RecordsPolicy:
    stated = _CODEC.read(dict(table), RecordsPolicy)
    if base is None:
        return stated
    return evolve(base.records_policy, **{name: getattr(stated, name) for name in table})


def _rnr(
    table: Mapping[str, Any],
    sources: Mapping[str, Status],
    glossary: Glossary,
    base: Jurisdiction | None,
) -> RnrPolicy:
    stated = base.rnr_policy if base is not None else RnrPolicy()
    if table:
        levels = codes(glossary.risk_levels)
        stated = RnrReader(codec=_CODEC, sources=sources, risk_levels=levels).read(table)
    return with_subdomains(stated, glossary) if glossary.need_subdomains else stated

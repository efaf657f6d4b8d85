"""Whether the parts of a country pack fit together.

Ids are unique and refer to something, prerequisites do not run in circles, nothing is called
reviewed without a reviewed source.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterator
from typing import Any, ParamSpec

from rehabcore.care.moves import permission
from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.reading.citing import added, miscited
from rehabcore.jurisdictions.reading.needs_tables import needs_problems
from rehabcore.jurisdictions.reading.risk_levels import risk_problems
from rehabcore.programs import admission
from rehabcore.questions import CLOCKS
from rehabcore.records.glossary import codes
from rehabcore.strict.problems import InputError, Problem, Problems, one_of

P = ParamSpec("P")
Found = tuple[str, Problem]


def country_problems(country: Jurisdiction, base: Jurisdiction | None) -> Iterator[Found]:
    """Every problem, with the file in which it stands; none for a sound country.

    The items of a ``base`` come first in every list, and were checked before; paths count from the
    first item of the overlay's own files.
    """
    yield from _unique(country, base)
    yield from _programs(country, base)
    yield from _circles(country, base)
    yield from _policy(country)
    yield from (("risk.toml", problem) for problem in risk_problems(country, base))
    yield from _needs(country)
    yield from miscited(country, base)


def unready(
    country: Jurisdiction, base: Jurisdiction | None, entry: Container[str]
) -> Iterator[Found]:
    """The problems of making the whole rules of programmes and moves of a sound country.

    This makes them, so that making them cannot fail later.

    Args:
        country: the country.
        base: the country that it extends, if it is an overlay.
        entry: the programmes to which ``entry.toml`` adds a rule.
    """
    try:
        ready = bool((country.admissions, country.permissions))
    except InputError:
        ready = False
    if not ready:
        yield from _beyond_limits(country, base, entry)


def _beyond_limits(
    country: Jurisdiction, base: Jurisdiction | None, entry: Container[str]
) -> Iterator[Found]:
    """The places of rules that are too deep or too large as part of a whole rule."""
    inherited = len(base.programs) if base is not None else 0
    for index, program in enumerate(country.programs):
        file, path = "programs.toml", f"programs[{index - inherited}]"
        if program.program_id in entry:
            file, path = "entry.toml", f"entry.{program.program_id}"
        yield from _refused(file, path, admission, program, country.facts)
    for path, move in _placed(country, base, "moves"):
        yield from _refused("moves.toml", path, permission, move, country.facts)


def _refused(
    file: str, path: str, make: Callable[P, object], *args: P.args, **named: P.kwargs
) -> Iterator[Found]:
    problems = Problems()
    problems.at(path, make, *args, **named)
    yield from ((file, problem) for problem in problems.found)


def _placed(
    country: Jurisdiction, base: Jurisdiction | None, name: str
) -> Iterator[tuple[str, Any]]:
    """The items of a list that are not the base's, each with its path."""
    return ((f"{name}[{index}]", item) for index, item in enumerate(added(country, base, name)))


def _found(file: str, code: str, path: str, found: object, expected: str) -> Found:
    return file, Problem.of(found, code, expected, path=path)


def _unique(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Found]:
    for name, key in (("sources", "source_id"), ("programs", "program_id"), ("moves", "move_id")):
        count = Counter(getattr(item, key) for item in getattr(jurisdiction, name))
        for path, item in _placed(jurisdiction, base, name):
            if count[getattr(item, key)] > 1:
                expected = "an id that nothing else in the list has"
                place = f"{path}.{key}"
                yield _found(f"{name}.toml", "duplicate_id", place, getattr(item, key), expected)


def _programs(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Found]:
    areas = codes(jurisdiction.glossary.areas)
    domains = codes(jurisdiction.glossary.need_domains)
    ids = {program.program_id for program in jurisdiction.programs}
    for path, program in _placed(jurisdiction, base, "programs"):
        for name, code, allowed in (
            ("area", program.area, areas),
            *(("serves", domain, domains) for domain in sorted(program.serves)),
        ):
            if code not in allowed:
                expected = one_of(allowed, code)
                yield _found("programs.toml", "unknown_value", f"{path}.{name}", code, expected)
        if program.clock in CLOCKS and CLOCKS[program.clock] not in jurisdiction.facts:
            expected = f"a clock whose fact is declared; {CLOCKS[program.clock]} is not"
            yield _found("programs.toml", "unknown_fact", f"{path}.clock", program.clock, expected)
        for name in ("prerequisites", "exclusions"):
            for index, other in enumerate(getattr(program, name)):
                if other not in ids - {program.program_id}:
                    place, expected = f"{path}.{name}[{index}]", "the id of another programme"
                    yield _found("programs.toml", "dangling_id", place, other, expected)


def _circles(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Found]:
    required: dict[str, tuple[str, ...]] = {
        program.program_id: program.prerequisites for program in jurisdiction.programs
    }
    for path, program in _placed(jurisdiction, base, "programs"):
        reached: set[str] = set()
        ahead: set[str] = set(program.prerequisites)
        while ahead:
            reached |= ahead
            ahead = {after for one in ahead for after in required.get(one, ())} - reached
        if program.program_id in reached:
            expected = "prerequisites that do not lead back to the programme"
            place = f"{path}.prerequisites"
            yield _found("programs.toml", "circle", place, program.program_id, expected)


def _needs(country: Jurisdiction) -> Iterator[Found]:
    words, offered = country.glossary, [program.program_id for program in country.programs]
    for problem in needs_problems(country.rnr_policy, words, offered):
        yield "rnr.toml", problem


def _policy(jurisdiction: Jurisdiction) -> Iterator[Found]:
    levels = codes(jurisdiction.glossary.need_levels)
    if jurisdiction.plan_policy.goal_from not in levels:
        yield _found(
            "plan.toml",
            "unknown_value",
            "policy.goal_from",
            jurisdiction.plan_policy.goal_from,
            one_of(levels, jurisdiction.plan_policy.goal_from),
        )

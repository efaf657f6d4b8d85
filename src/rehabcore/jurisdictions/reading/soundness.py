"""What the parts of a country pack must satisfy together.

Ids are unique and point somewhere, prerequisites do not run in circles, nothing is called reviewed
without a reviewed source.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import attrs

from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.reading import risk_levels
from rehabcore.questions import CLOCKS, Score
from rehabcore.records.glossary import Glossary, codes
from rehabcore.rules.sources import Citation, Status, citing_faults
from rehabcore.strict.problems import Problem, shown

Found = tuple[str, Problem]


def unsound(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> dict[str, list[Problem]]:
    """Every problem, by the file in which it stands; empty for a sound country.

    What an overlay has from its ``base`` comes first in every list and is sound already; paths
    count from the first item of the overlay's own files.
    """
    problems: dict[str, list[Problem]] = defaultdict(list)
    for file, problem in (
        *_unique(jurisdiction, base),
        *_programs(jurisdiction, base),
        *_circles(jurisdiction, base),
        *_policy(jurisdiction),
        *(("risk.toml", problem) for problem in risk_levels.faults(jurisdiction, base)),
        *_cited(jurisdiction, base),
    ):
        problems[file].append(problem)
    return dict(problems)


def _own(
    jurisdiction: Jurisdiction, base: Jurisdiction | None, name: str
) -> Iterator[tuple[str, Any]]:
    """The items of a list that are not the base's, each with its path."""
    inherited = len(getattr(base, name)) if base is not None else 0
    for index, item in enumerate(getattr(jurisdiction, name)[inherited:]):
        yield f"{name}[{index}]", item


def _found(file: str, code: str, path: str, found: object, expected: str) -> Found:
    return file, Problem(code=code, path=path, found=shown(found), expected=expected)


def _unique(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Found]:
    for name, key in (("sources", "source_id"), ("programs", "program_id"), ("moves", "move_id")):
        count = Counter(getattr(item, key) for item in getattr(jurisdiction, name))
        for path, item in _own(jurisdiction, base, name):
            if count[getattr(item, key)] > 1:
                expected = "an id that nothing else in the list has"
                place = f"{path}.{key}"
                yield _found(f"{name}.toml", "duplicate_id", place, getattr(item, key), expected)


def _programs(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Found]:
    areas = codes(jurisdiction.glossary.areas)
    domains = codes(jurisdiction.glossary.need_domains)
    ids = {program.program_id for program in jurisdiction.programs}
    for path, program in _own(jurisdiction, base, "programs"):
        for name, code, allowed in (
            ("area", program.area, areas),
            *(("serves", domain, domains) for domain in sorted(program.serves)),
        ):
            if code not in allowed:
                expected = f"one of {', '.join(allowed)}"
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
    for path, program in _own(jurisdiction, base, "programs"):
        reached: set[str] = set()
        ahead: set[str] = set(program.prerequisites)
        while ahead:
            reached |= ahead
            ahead = {after for one in ahead for after in required.get(one, ())} - reached
        if program.program_id in reached:
            expected = "prerequisites that do not lead back to the programme"
            place = f"{path}.prerequisites"
            yield _found("programs.toml", "circle", place, program.program_id, expected)


def _policy(jurisdiction: Jurisdiction) -> Iterator[Found]:
    levels = codes(jurisdiction.glossary.need_levels)
    if jurisdiction.plan_policy.goal_from not in levels:
        yield _found(
            "plan.toml",
            "unknown_value",
            "policy.goal_from",
            jurisdiction.plan_policy.goal_from,
            f"one of {', '.join(levels)}",
        )


def _cited(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Found]:
    """Whatever is called reviewed must cite a source, and a reviewed one.

    Rules and parameters are checked where they are read.
    """
    sources = {source.source_id: source.status for source in reversed(jurisdiction.sources)}
    for file, path, status, cite in _claims(jurisdiction, base):
        for problem in citing_faults(status, cite, sources):
            yield file, problem.below(path)


Claim = tuple[str, str, Status | None, tuple[Citation, ...]]


def _claims(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Claim]:
    for name in (field.name for field in attrs.fields(Glossary)):
        words = getattr(jurisdiction.glossary, name)
        inherited = len(getattr(base.glossary, name)) if base is not None else 0
        for index, word in enumerate(words[inherited:]):
            yield "glossary.toml", f"{name}[{index}]", word.status, word.cite
    yield from _claims_of_derived(jurisdiction, base)
    for path, program in _own(jurisdiction, base, "programs"):
        yield "programs.toml", path, program.status, program.cite
    policy = jurisdiction.plan_policy
    yield "plan.toml", "policy", policy.status, policy.cite
    for path, move in _own(jurisdiction, base, "moves"):
        yield "moves.toml", path, move.status, move.cite
    for path, status, cite in risk_levels.claims(jurisdiction.risk_policy, base):
        yield "risk.toml", path, status, cite


def _claims_of_derived(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Claim]:
    count = Counter[str]()
    for _, made in _own(jurisdiction, base, "derived"):
        kind = "scores" if isinstance(made, Score) else "comparisons"
        yield "derived.toml", f"{kind}[{count[kind]}]", made.status, made.cite
        count[kind] += 1

"""Whether the parts of a country pack fit together.

Ids are unique and refer to something, prerequisites do not run in circles, nothing is called
reviewed without a reviewed source.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import ParamSpec

from rehabcore.care.moves.rules import MoveRule, permission
from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.reading.citing import miscited
from rehabcore.jurisdictions.reading.needs_tables import needs_problems
from rehabcore.jurisdictions.reading.overlays import placed, repeated, unknown
from rehabcore.jurisdictions.reading.risk_levels import risk_problems
from rehabcore.programs import Program, admission
from rehabcore.questions import CLOCKS
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import Criterion
from rehabcore.rules.facts import Fact
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.strict.problems import InputError, Problem, Problems, missing_key, one_of

TYPE_CHECKING = False  # type checkers read it as true

if TYPE_CHECKING:
    from rehabcore.rules.machines.deadlines import Deadline

P = ParamSpec("P")


def country_problems(country: Jurisdiction, base: Jurisdiction | None) -> Iterator[Problem]:
    """Every problem, with the file in which it stands; none for a sound country.

    The items of a ``base`` come first in every list, and were checked before; paths count from the
    first item of the overlay's own files.
    """
    yield from _unique(country, base)
    yield from _in_file("programs.toml", _programs(country, base))
    yield from _in_file("programs.toml", _circles(country, base))
    yield from _in_file("moves.toml", _moves(country, base))
    goal_from, levels = country.plan_policy.goal_from, codes(country.glossary.need_levels)
    yield from _in_file("units.toml", _profiles(country, base))
    yield from _in_file("release.toml", _release(country, base))
    if goal_from is not None:
        yield from _in_file("plan.toml", unknown([goal_from], levels, "policy.goal_from"))
    elif levels:
        missing = missing_key("policy.goal_from", "the level from which a need becomes a goal")
        yield missing.in_file("plan.toml")
    yield from _in_file("risk.toml", risk_problems(country, base))
    yield from _in_file("rnr.toml", needs_problems(country))
    yield from miscited(country, base)


def unready(
    country: Jurisdiction, base: Jurisdiction | None, entry: Container[str]
) -> Iterator[Problem]:
    """The problems of making the whole rules of programmes and moves of a sound country.

    This makes them, so that making them cannot fail later.

    Args:
        country: the country.
        base: the country that it extends, if it is an overlay.
        entry: the programmes to which ``entry.toml`` adds a rule.
    """
    try:
        ready = bool((country.admissions_on_any_day, country.permissions_on_any_day))
    except InputError:
        ready = False
    if not ready:
        yield from _beyond_limits(country, base, entry)


def _beyond_limits(
    country: Jurisdiction, base: Jurisdiction | None, entry: Container[str]
) -> Iterator[Problem]:
    """The places of rules that are too deep or too large as part of a whole rule."""
    inherited = len(base.programs) if base is not None else 0
    for index, program in enumerate(country.programs):
        file, path = "programs.toml", f"programs[{index - inherited}]"
        if program.program_id in entry:
            file, path = "entry.toml", f"entry.{program.program_id}"
        yield from _refused(file, path, _ready_admission, program, country.facts)
    for path, move in placed(country, base, "moves"):
        yield from _refused("moves.toml", path, _ready_permission, move, country.facts_of_moves)


def _ready_admission(program: Program, facts: Mapping[str, Fact]) -> Criterion:
    return on_any_day(admission(program, facts))


def _ready_permission(rule: MoveRule, facts: Mapping[str, Fact]) -> Criterion:
    return on_any_day(permission(rule, facts))


def _refused(
    file: str, path: str, make: Callable[P, object], *args: P.args, **named: P.kwargs
) -> Iterator[Problem]:
    problems = Problems()
    problems.at(path, make, *args, **named)
    yield from _in_file(file, problems.found)


def _in_file(file: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    return (problem.in_file(file) for problem in problems)


def _unique(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Problem]:
    for name, key in (("sources", "source_id"), ("programs", "program_id"), ("moves", "move_id")):
        yield from _in_file(f"{name}.toml", repeated(jurisdiction, base, name, key))


def _programs(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Problem]:
    areas = codes(jurisdiction.glossary.areas)
    words = jurisdiction.glossary
    domains = (*codes(words.need_domains), *codes(words.need_subdomains))
    ids = {program.program_id for program in jurisdiction.programs}
    for path, program in placed(jurisdiction, base, "programs"):
        if program.program_id in codes(jurisdiction.glossary.other_programs):
            expected = "an id that none of other_programs of glossary.toml has"
            place = f"{path}.program_id"
            yield Problem.of(program.program_id, "duplicate_id", expected, path=place)
        yield from unknown([program.area], areas, f"{path}.area")
        yield from unknown(program.serves, domains, f"{path}.serves")
        if program.clock in CLOCKS and CLOCKS[program.clock] not in jurisdiction.facts:
            expected = f"a clock whose fact is declared; {CLOCKS[program.clock]} is not"
            yield Problem.of(program.clock, "unknown_fact", expected, path=f"{path}.clock")
        others = sorted(ids - {program.program_id})
        for name in ("prerequisites", "exclusions"):
            for index, other in enumerate(getattr(program, name)):
                if other not in others:
                    place = f"{path}.{name}[{index}]"
                    expected = f"the id of another programme: {one_of(others, other)}"
                    yield Problem.of(other, "dangling_id", expected, path=place)


def _profiles(country: Jurisdiction, base: Jurisdiction | None) -> Iterator[Problem]:
    yield from repeated(country, base, "unit_profiles", "profile_id")
    ids = [program.program_id for program in country.programs]
    for path, profile in placed(country, base, "unit_profiles"):
        if profile.program is not None and profile.program not in ids:
            expected = f"the id of a programme of the country: {one_of(ids, profile.program)}"
            yield Problem.of(profile.program, "dangling_id", expected, path=f"{path}.program")


def _moves(country: Jurisdiction, base: Jurisdiction | None) -> Iterator[Problem]:
    items = codes(country.glossary.checklist_items)
    for path, move in placed(country, base, "moves"):
        yield from unknown(move.checklist, items, f"{path}.checklist")


def _release(country: Jurisdiction, base: Jurisdiction | None) -> Iterator[Problem]:
    from rehabcore.care.release import RELEASE  # until a country is read, nobody needs it

    policy, words = country.release_policy, country.glossary
    below = base and base.release_policy
    for name in ("deadlines", "offers"):
        yield from repeated(policy, below, name, "code")
        for path, deadline in placed(policy, below, name):
            for part, anchors in _anchors(deadline).items():
                yield from unknown(anchors, (RELEASE,), f"{path}.{part}")
    yield from repeated(policy, below, "agreements", "id")
    yield from repeated(policy, below, "figures", "id")
    for path, agreement in placed(policy, below, "agreements"):
        yield from unknown(agreement.elements, codes(words.checklist_items), f"{path}.elements")
    if policy.milestone is not None:
        yield from unknown([policy.milestone], codes(words.milestone_kinds), "milestone")


def _anchors(deadline: "Deadline") -> dict[str, tuple[str, ...]]:
    """The anchors from which a deadline is laid, by the key under which they stand."""
    due, opens = deadline.due, deadline.opens
    of_opens = () if opens is None else (*opens.after, *opens.before)
    of_due = (*due.after, *due.before)
    return {"due": of_due, "opens": of_opens, "not_before": deadline.not_before}


def _circles(jurisdiction: Jurisdiction, base: Jurisdiction | None) -> Iterator[Problem]:
    required: dict[str, tuple[str, ...]] = {
        program.program_id: program.prerequisites for program in jurisdiction.programs
    }
    for path, program in placed(jurisdiction, base, "programs"):
        reached: set[str] = set()
        ahead: set[str] = set(program.prerequisites)
        while ahead:
            reached |= ahead
            ahead = {after for one in ahead for after in required.get(one, ())} - reached
        if program.program_id in reached:
            expected = "prerequisites that do not lead back to the programme"
            yield Problem.of(program.program_id, "circle", expected, path=f"{path}.prerequisites")

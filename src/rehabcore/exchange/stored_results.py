"""The data of results and decisions, in which rules, words and what was known are told once.

    { "grounds": { ... }, "rules": { ... }, "known": { ... }, "offers": [ ... ] }

Whatever was judged is a reference to a rule and to what was known. It stands under its own key, so
that the rest of the data can be of any form.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import attrs

from rehabcore.casework.any_result import Result
from rehabcore.casework.coherence import incoherences
from rehabcore.casework.results import Grounds, Stamp
from rehabcore.exchange.country_parts import (
    RESULT_CODEC,
    Contents,
    read_asked_of,
    read_facts,
    read_glossary,
    read_law,
    read_sources,
    written_rows,
    written_rules,
    written_words,
)
from rehabcore.records.faults import SetAside
from rehabcore.rules.criteria import Criterion
from rehabcore.rules.data.verdict_forms import StateReader, VerdictReader, VerdictWriter
from rehabcore.rules.differences.kinds import RuleDifference
from rehabcore.rules.judging.over_time import VerdictTimeline
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.near.near_misses import NearMisses
from rehabcore.rules.sources import Text
from rehabcore.strict.canonical import canonical_text, object_of
from rehabcore.strict.frozen import stated_fields
from rehabcore.strict.on_demand import class_named
from rehabcore.strict.problems import (
    Problem,
    Problems,
    join_path,
    missing_key,
    refuse,
    unknown_keys,
)
from rehabcore.strict.same import Same
from rehabcore.strict.structure import refuse_repeated_keys

T = TypeVar("T")
_CARE: Any = tuple(
    class_named("rehabcore.casework.care_results", name)
    for name in ("ContinuityResult", "HandOverResult", "PathwaysResult", "ReleasePlanResult")
)
_DECISION: Any = class_named("rehabcore.casework.decisions.decision", "Decision")
"""Documents that most readers never meet, so that they need not wait for the rooms behind them."""

# --- writing ------------------------------------------------------------------------------


def written_data(result: Any) -> str:
    """The data of a result, as canonical JSON.

    Raises:
        InputError: the result was made by hand and contradicts itself, so it would not be read.
    """
    Problems(*_contradictions(result)).done()
    verdicts = VerdictWriter()
    plain = RESULT_CODEC.write(result)
    grounds: Grounds = plain.pop("grounds")
    plain = _refer(plain, verdicts)
    rules, programs = Same(verdicts.rules), Same(grounds.programs)
    rules_text, programs_text, names = written_rules(rules, programs, _origin(grounds.stamp.packs))
    verdicts.name(names)
    told = {name: RESULT_CODEC.write(getattr(grounds, name)) for name in ("stamp", "title")}
    if grounds.set_aside:
        told["set_aside"] = [RESULT_CODEC.write(one) for one in grounds.set_aside]
    parts = {
        **{name: canonical_text(one) for name, one in told.items()},
        "facts": written_rows(Same(grounds.facts)),
        "sources": written_rows(Same(grounds.sources)),
        "glossary": written_words(Same((grounds.glossary,))),
        "programs": programs_text,
    }
    known = canonical_text(verdicts.known())  # before the data, in which it numbers the states
    return object_of(
        {
            "grounds": object_of(parts),
            "rules": rules_text,
            "known": known,
            **{name: canonical_text(one) for name, one in plain.items()},
        }
    )


def _origin(packs: tuple[str, ...]) -> str:
    """The origin that most nodes of the rules have: the first pack."""
    return packs[0] if packs else ""


def _refer(plain: Any, verdicts: VerdictWriter) -> Any:
    """The plain data, with a reference in the place of each verdict."""
    match plain:
        case Verdict():
            return verdicts.refer(plain)
        case NearMisses():
            from rehabcore.rules.data.near_forms import write_near

            return write_near(plain, verdicts)
        case VerdictTimeline():
            from rehabcore.rules.data.timeline_forms import write_timeline

            return write_timeline(plain, verdicts)
        case RuleDifference():
            from rehabcore.rules.data.difference_forms import write_difference

            return write_difference(plain)
        case dict():
            return {
                key: one if key == _CASE else _refer(one, verdicts) for key, one in plain.items()
            }
        case list() | tuple():
            return [_refer(one, verdicts) for one in plain]
    return plain


# --- reading ------------------------------------------------------------------------------


def read_data(data: object, contents: Contents, kind: type[T]) -> T:
    """Read the data of a result.

    Args:
        data: the data.
        contents: the parts of it that may have been read before (``contents_of``).
        kind: the kind of the result.

    Raises:
        InputError: names every problem, with paths below ``data``.
    """
    problems = Problems()
    whole = problems.at("data", _read_parts, data, contents)
    problems.done()
    result = RESULT_CODEC.read(whole, kind, path="data")
    problems.add(*(problem.below("data") for problem in _contradictions(result)))
    problems.done()
    return result


def _contradictions(result: object) -> Iterable[Problem]:
    """A problem for each part of a result that contradicts another part of it."""
    if isinstance(result, Result | _DECISION):
        return incoherences(result)
    if isinstance(result, _CARE):
        from rehabcore.casework.coherence_of_care import incoherences_of_care

        return incoherences_of_care(result)
    return ()


def _read_parts(data: object, contents: Contents) -> dict[str, Any]:
    """The data with its grounds and verdicts as objects."""
    if not isinstance(data, dict):
        refuse(data, "wrong_type", "an object", secret=True)
    refuse_repeated_keys(data)
    problems = Problems(*(missing_key(key) for key in _TOLD_ONCE if key not in data))
    problems.done()
    grounds, rules = _read_grounds(data["grounds"], contents)
    known = data["known"]
    if not isinstance(known, dict) or {*known} != {"asked", "days"}:
        refuse(known, "wrong_type", "an object of asked and days", path="known", secret=True)
    refuse_repeated_keys(known, "known")
    asked = problems.at("known.asked", read_asked_of, contents["asked"], contents["facts"])
    problems.done()
    states = problems.at("known.days", StateReader, known["days"], asked)
    problems.done()
    rest = {key: one for key, one in data.items() if key not in _TOLD_ONCE}
    verdicts = VerdictReader(rules, states)
    found = _resolved(rest, verdicts, "", problems)
    problems.done()
    problems.add(*(problem.below("known") for problem in verdicts.unused()))
    problems.done()
    return {"grounds": grounds, **found}


_TOLD_ONCE = ("grounds", "rules", "known")


def _read_grounds(plain: object, contents: Contents) -> tuple[Grounds, Mapping[str, Criterion]]:
    """The grounds, and the rules by name."""
    if not isinstance(plain, dict):
        refuse(plain, "wrong_type", "an object", path="grounds", secret=True)
    refuse_repeated_keys(plain, "grounds")
    fields = {name: default for name, _, default in stated_fields(Grounds)}
    needed = [name for name, default in fields.items() if default is attrs.NOTHING]
    problems = Problems(*(missing_key(f"grounds.{key}") for key in needed if key not in plain))
    problems.add(*unknown_keys(plain, fields, "grounds"))
    problems.done()

    def at(name: str, read: Callable[..., T], *how: Any) -> T:
        return problems.at(f"grounds.{name}", read, *how)

    read: dict[str, Any] = {
        "stamp": at("stamp", RESULT_CODEC.read, plain["stamp"], Stamp),
        "title": at("title", RESULT_CODEC.read, plain["title"], Text),
        "facts": at("facts", read_facts, contents["facts"]),
        "sources": at("sources", read_sources, contents["sources"]),
        "glossary": at("glossary", read_glossary, contents["glossary"]),
    }
    if "set_aside" in plain:
        aside = plain["set_aside"]
        read["set_aside"] = at("set_aside", RESULT_CODEC.read, aside, tuple[SetAside, ...])
    problems.done()
    tables = contents["rules"], contents["programs"], contents["facts"]
    named, programs = read_law(*tables, _origin(read["stamp"].packs))
    return Grounds(**read, programs=programs), named


def _resolved(plain: Any, verdicts: VerdictReader, path: str, problems: Problems) -> Any:
    """The plain data, with each verdict in the place of its reference."""
    if type(plain) is list:
        return [
            _resolved(one, verdicts, f"{path}[{number}]", problems)
            for number, one in enumerate(plain)
        ]
    if type(plain) is not dict:  # an object that gives a key twice is refused as it is
        return plain
    found = {}
    for key, one in plain.items():
        place = join_path(path, key)
        if key in _READERS and one is not None:
            found[key] = problems.at(place, _READERS[key], one, verdicts)
        else:
            found[key] = one if key == _CASE else _resolved(one, verdicts, place, problems)
    return found


def _near(plain: object, verdicts: VerdictReader) -> NearMisses:
    from rehabcore.rules.data.near_forms import read_near

    return read_near(plain, verdicts)


def _timeline(plain: object, verdicts: VerdictReader) -> VerdictTimeline:
    from rehabcore.rules.data.timeline_forms import read_timeline

    return read_timeline(plain, verdicts)


def _difference(plain: object, _: VerdictReader) -> RuleDifference:
    from rehabcore.rules.data.difference_forms import read_difference

    return read_difference(plain)


_READERS: Mapping[str, Callable[[object, VerdictReader], object]] = {
    "verdict": lambda plain, verdicts: verdicts.read(plain),
    "near": _near,
    "verdicts": _timeline,
    "difference": _difference,
}
"""How what stands under these keys is read. Most results have none but verdicts, and need not
wait for what reads the others."""
_CASE = "case"
"""The key of a case file, in which nothing was judged."""

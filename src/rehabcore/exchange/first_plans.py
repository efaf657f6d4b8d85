"""Plans of an older form, in drafts, moves and packages, raised to what a plan says today.

An older plan was a list of what may be decided: which programmes are open for a need, and what has
to be found out. It chose nothing. So what is made of it has goals and steps, but no items; what was
open is told as left to a person. Its steps named no actor: an office drafted them, and takes them.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rehabcore.strict.problems import Problem, Problems, unknown_keys

_Table = dict[str, Any]

_ABOUT = {
    "assess": "Assess what is not known",
    "enrol": "Decide on a place: {}",
    "clarify": "Find out what is not known: {}",
}
_CLOSED = {"completed", "no_longer_needed"}
_WHY = {"nothing_offered": "nothing_offered", "all_refuse": "closed", "not_yet_known": "asked"}
"""The reasons of gaps, by those for which a need is deferred now."""


def _raising(raise_one: Callable[[_Table], _Table]) -> Callable[[object], object]:
    """A step that leaves to the reader what is no document of the older form."""

    def step(data: object) -> object:
        if type(data) is not dict:  # one that gives a key twice is refused as it is
            return data
        try:
            return raise_one(data)
        except (AttributeError, LookupError, TypeError, ValueError):
            return data

    return step


@_raising
def plan_3(data: _Table) -> _Table:
    """The data of a draft without the older plan, which stood alone, or beside a draft."""
    plan, rest = data["plan"], {key: one for key, one in data.items() if key != "plan"}
    Problems(*_unknown(plan, "plan", "data.plan")).done()
    told = {"case_id": plan["case_id"], "draft": rest.get("draft") or _draft(plan, _Titles(data))}
    return _with_days_in_use(rest | told | ({"died": True} if plan.get("died") is True else {}))


@_raising
def move_5(data: _Table) -> _Table:
    """The data of a move, with the open goals of an older plan in the place of its steps."""
    plan, made, titles = data["plan"], {**data["made"]}, _Titles(data)
    steps, goals = made.pop("steps"), [] if plan is None else plan["goals"]
    Problems(*_unknown(plan or {}, "plan", "data.plan")).done()
    made["goals"] = [_open(goal, titles) for goal in goals]
    made["offers"] = _each_once(offer for step in steps for offer in step.get("offers", ()))
    told = {offer["program_id"] for offer in made["offers"]}
    rest = {key: one for key, one in data.items() if key != "plan"}
    return _with_days_in_use(rest | {"made": made, "grounds": _only(data["grounds"], told)})


def _only(grounds: _Table, told: set[str]) -> _Table:
    """The grounds without the programmes that only the older plan spoke of."""
    programs = grounds["programs"]
    place = programs["columns"].index("program_id")
    rows = [row for row in programs["rows"] if row[place] in told]
    return grounds | {"programs": programs | {"rows": rows}}


@_raising
def hand_over_2(data: _Table) -> _Table:
    """The data of a package, whose goals say what their steps are about, and who takes them."""
    package, titles = data["package"], _Titles(data)
    if package.get("goals") is None:
        return data
    goals = [
        _goal(goal, goal["domains"], titles)
        | {
            "reason": goal["reason"],
            "steps": [_open_step(step, step["programs"], titles) for step in goal["steps"]],
            "programs": _names(own for step in goal["steps"] for own in step["programs"]),
        }
        for goal in package["goals"]
    ]
    return data | {"package": package | {"goals": goals}}


def _unknown(plain: _Table, name: str, path: str) -> Iterator[Problem]:
    """A problem for each key that an older plan, or a part of it, did not have."""
    yield from unknown_keys(plain, _KEYS[name].split(), path)
    for key in _PARTS.get(name, ()):
        for index, one in enumerate(plain.get(key, ())):
            yield from _unknown(one, key, f"{path}.{key}[{index}]")


_KEYS = {
    "plan": "case_id drafted_on component_of review_due holder needs goals uncovered draft_data"
    " dosage turns died",
    "goals": "goal_id needs steps",
    "steps": "step_id act offers basis delivered_by status",
    "uncovered": "domain reason offers",
}
"""The keys of an older plan, and of its parts by the key under which they stand."""
_PARTS = {"plan": ("goals", "uncovered"), "goals": ("steps",)}


def _with_days_in_use(data: _Table) -> _Table:
    """The document with those days of what was known on which a verdict of it still rests."""
    days, numbers = data["known"]["days"], dict[int, int]()

    def walk(plain: Any, key: str) -> Any:
        if key in ("case", "grounds", "known", "rules"):
            return plain
        if isinstance(plain, list):
            return [walk(one, "") for one in plain]
        if not isinstance(plain, dict):
            return plain
        found = {name: walk(one, name) for name, one in plain.items()}
        if key == "verdict":
            found["known"] = numbers.setdefault(found.get("known", 0), len(numbers))
        return found

    raised = {key: walk(one, key) for key, one in data.items()}
    return raised | {"known": data["known"] | {"days": [days[number] for number in numbers]}}


class _Titles:
    """The titles of programmes and of need domains, as the grounds of a document tell them."""

    def __init__(self, data: _Table) -> None:
        grounds = data["grounds"]
        programs, words = grounds["programs"], grounds["glossary"]
        self.programs = self._of(programs["columns"], programs["rows"], "program_id")
        self.domains = self._of(words["columns"], words["rows"].get("need_domains", ()), "id")

    @staticmethod
    def _of(columns: list[str], rows: Iterable[list[Any]], own: str) -> _Table:
        told = (dict(zip(columns, row, strict=False)) for row in rows)
        return {row[own]: row.get("title") or row[own] for row in told}

    def program(self, own: str) -> str:
        """The title of a programme; its id, if it is no longer offered."""
        title = self.programs.get(own, own)
        return str(title.get("en", own) if isinstance(title, dict) else title)


def _draft(plan: _Table, titles: _Titles) -> _Table:
    """An older plan as a draft that has chosen nothing."""
    content = {key: plan[key] for key in _ALIKE if key in plan} | {"starts": plan["drafted_on"]}
    steps = [step for goal in plan["goals"] for step in goal["steps"]]
    why = {own: "asked" for step in steps for own in _programs(step)}
    gaps = [gap for gap in plan.get("uncovered", ()) if gap["reason"] in _WHY]
    why |= {offer["program_id"]: _WHY[gap["reason"]] for gap in gaps for offer in _offers(gap)}
    why |= {own: "left_open" for step in steps if step["act"] == "enrol" for own in _programs(step)}
    offers = _each_once(offer for one in (*steps, *gaps) for offer in _offers(one))
    return {key: plan[key] for key in _BESIDE if key in plan} | {
        "content": content
        | {
            "goals": [_planned(goal, titles) for goal in plan["goals"]],
            "deferrals": [
                {"need": gap["domain"], "reason": _WHY[gap["reason"]], "until": plan["review_due"]}
                for gap in gaps
            ],
        },
        "merit": {},
        "offers": offers,
        "passed_over": [
            {"program_id": offer["program_id"], "why": why[offer["program_id"]]} for offer in offers
        ],
    }


_ALIKE = ("component_of", "review_due", "holder", "needs")
"""The keys that an older plan and a content have alike."""
_BESIDE = ("dosage", "turns", "draft_data")
"""The keys of an older plan that stand beside the content now."""


def _planned(goal: _Table, titles: _Titles) -> _Table:
    steps = [_step(step, _programs(step), titles) for step in goal["steps"]]
    return _goal(goal, [need["domain"] for need in goal["needs"]], titles) | {"steps": steps}


def _open(goal: _Table, titles: _Titles) -> _Table:
    """A goal of an older plan with its open steps, as it goes along with a move."""
    steps = goal["steps"]
    left = [step for step in steps if step.get("status") not in _CLOSED]
    reason = "open_steps" if left else "steps_closed" if steps else "no_steps"
    return _goal(goal, [need["domain"] for need in goal["needs"]], titles) | {
        "reason": reason,
        "steps": [_open_step(step, _programs(step), titles) for step in left],
        "programs": _names(own for step in left for own in _programs(step)),
    }


def _goal(goal: _Table, domains: list[str], titles: _Titles) -> _Table:
    own = goal["goal_id"]
    if own == "assessment":
        about = {"kind": "assessment", "title": {"en": "Know the needs"}}
    else:
        about = {"kind": "need", "title": titles.domains.get(own, {"en": own})}
    return {"goal_id": own, "needs": domains} | about


def _open_step(step: _Table, programs: Iterable[str], titles: _Titles) -> _Table:
    status = {"status": step["status"]} if "status" in step else {}
    return _step(step, programs, titles) | status


def _step(step: _Table, programs: Iterable[str], titles: _Titles) -> _Table:
    about = _ABOUT[step["act"]].format("; ".join(map(titles.program, programs)))
    return {"step_id": step["step_id"], "about": {"en": about}, "actor": "officer"}


def _programs(step: _Table) -> list[str]:
    return [offer["program_id"] for offer in _offers(step)]


def _offers(one: _Table) -> Iterator[_Table]:
    yield from one.get("offers", ())


def _each_once(offers: Iterable[_Table]) -> list[_Table]:
    """The answer of each programme; another one of the same is left to the reader to refuse."""
    found = {}
    for offer in offers:
        verdict = offer["verdict"]
        found[offer["program_id"], verdict["rule"], verdict["answers"]] = offer
    return list(found.values())


def _names(some: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(some))

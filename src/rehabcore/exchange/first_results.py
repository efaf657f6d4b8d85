"""Results and decisions of the first version, raised to the second.

In the first version every verdict held its rule and its proof, and the country's part was lists of
objects. Here it becomes tables, and each verdict a reference to a rule and to what was known. The
forms are only turned into each other; what does not fit them is refused, or left to the reader.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard, cast

from rehabcore.exchange.tables import Rows, tabled
from rehabcore.rules.data.about_forms import ABOUT_KEYS
from rehabcore.rules.facts import Operator
from rehabcore.strict.canonical import canonical_text
from rehabcore.strict.documents import Repetitive
from rehabcore.strict.exact_reading import EACH_KEY_ONCE
from rehabcore.strict.problems import Problem, Problems, join_path, refuse

_Table = dict[str, Any]


def second_version(data: object) -> object:
    """The data of a result or a decision in the second version.

    Raises:
        InputError: an object gives a key twice, or a verdict is none of the first version.
    """
    Problems(*_repeated(data, "data")).done()
    if not isinstance(data, dict):
        return data
    grounds, raising = data.get("grounds"), _Raising(_origin(data))
    raised: _Table = raising.walk(data, "data")
    raised["rules"], raised["known"] = raising.rules, raising.known
    if isinstance(grounds, dict):
        raised["grounds"] = raising.grounds(grounds)
    return raised


def _repeated(plain: object, path: str) -> Iterator[Problem]:
    """A problem for each object that gives a key more than once."""
    if isinstance(plain, Repetitive):
        yield Problem.of(plain, "repeated_key", EACH_KEY_ONCE, path=path)
    if isinstance(plain, dict):
        for key, one in plain.items():
            yield from _repeated(one, join_path(path, key))
    elif isinstance(plain, list):
        for index, one in enumerate(plain):
            yield from _repeated(one, f"{path}[{index}]")


def _origin(data: _Table) -> str:
    """The first pack, which the rules of the second version have for their usual origin."""
    grounds = data.get("grounds")
    stamp = grounds.get("stamp") if isinstance(grounds, dict) else None
    packs = stamp.get("packs") if isinstance(stamp, dict) else None
    return packs[0] if isinstance(packs, list) and packs and isinstance(packs[0], str) else ""


class _Raising:
    """Gathers the rules and what was known from the verdicts of one document."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self.rules: dict[str, object] = {}
        self.known: dict[str, list[Any]] = {"asked": [], "days": []}
        self._names: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def grounds(self, grounds: _Table) -> _Table:
        """The grounds, with tables in the place of lists."""
        programs = grounds.get("programs")
        if _is_rows(programs):
            grounds = {**grounds, "programs": [self._program(row) for row in programs]}
        found = {name: _tabled(one) for name, one in grounds.items() if name in _ROWS}
        glossary = grounds.get("glossary")
        if isinstance(glossary, dict) and all(map(_is_rows, glossary.values())):
            found["glossary"] = tabled(glossary)
        return {**grounds, **found}

    def _program(self, row: _Table) -> _Table:
        return {
            key: self._rule(one) if key in ("audience", "entry") else one
            for key, one in row.items()
            if one is not None
        }

    def walk(self, plain: Any, path: str) -> Any:
        """The plain data, with a reference in the place of each verdict."""
        if isinstance(plain, list):
            return [self.walk(one, f"{path}[{index}]") for index, one in enumerate(plain)]
        if not isinstance(plain, dict):
            return plain
        raising = {"verdict": self._verdict, "near": self._near, "verdicts": self._timeline}
        found = {}
        for key, one in plain.items():
            if key in raising and one is not None:
                found[key] = raising[key](one, join_path(path, key))
            else:
                untouched = key in ("case", "grounds")
                found[key] = one if untouched else self.walk(one, join_path(path, key))
        return found

    def _verdict(self, plain: object, path: str) -> _Table:
        verdict = _object(plain, path, "on", "criterion", "proof")
        criterion, proof = verdict["criterion"], verdict["proof"]
        name = self._name(criterion)
        leaves: list[tuple[_Table, object]] = []
        answers = "".join(_answers(criterion, proof, leaves, f"{path}.proof"))
        cells: dict[int, object] = {}
        for compare, cell in leaves:
            number = self._number(compare)
            if canonical_text(cells.setdefault(number, cell)) != canonical_text(cell):
                refuse(cell, "does_not_follow", "one cell of one fact", path=path, secret=True)
        days = self.known["days"]
        days.append(
            {"on": verdict["on"], "cells": {str(number): cells[number] for number in cells}}
        )
        return {"rule": name, "known": len(days) - 1, "answers": answers}

    def _name(self, criterion: object) -> str:
        key = canonical_text(criterion)
        if key not in self._names:
            name = self._names[key] = f"r{len(self._names) + 1}"
            self.rules[name] = self._rule(criterion)
        return self._names[key]

    def _rule(self, node: Any) -> Any:
        """A criterion in which those nodes that have no origin say so."""
        if not isinstance(node, dict):
            return node
        parts = {key: [self._rule(p) for p in node[key]] for key in _GROUPS if _is_list(node, key)}
        if "not" in node:
            parts["not"] = self._rule(node["not"])
        return {"origin": "", **node, **parts}

    def _number(self, compare: _Table) -> int:
        asked = {key: one for key, one in compare.items() if key not in _NOT_ASKED}
        key = canonical_text(asked)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            self.known["asked"].append(asked)
        return self._numbers[key]

    def _near(self, plain: object, path: str) -> _Table:
        near = _object(plain, path, "verdict", also=("ways", "complete"))
        now = self._verdict(near["verdict"], f"{path}.verdict")
        compared = [canonical_text(leaf) for leaf in _comparisons(near["verdict"]["criterion"])]
        listed = near.get("ways")
        if isinstance(listed, list):
            ways = [
                self._way(way, near["verdict"], compared, f"{path}.ways[{index}]")
                for index, way in enumerate(listed)
            ]
            return {**near, "verdict": now, "ways": ways}
        return {**near, "verdict": now}

    def _way(self, plain: object, now: _Table, compared: list[str], path: str) -> _Table:
        keys = ("until", "proof", "changes")
        way = {**_object(plain, path, "day", also=keys)}
        day, proof = way.pop("day"), way.pop("proof", None)
        if (day == now["on"]) != (proof is None):
            expected = "the day of the verdict, or a later one with its proof"
            refuse(day, "does_not_follow", expected, path=f"{path}.day")
        if proof is not None:
            later = self._verdict({**now, "on": day, "proof": proof}, path)
            way["verdict"] = {key: one for key, one in later.items() if key != "rule"}
        placed: _Table = _placed(way, compared)
        return placed

    def _timeline(self, plain: object, path: str) -> _Table:
        pieces = _object(plain, path, "pieces")["pieces"]
        if not isinstance(pieces, list) or not pieces:
            return {"rule": "r1", "pieces": pieces, "end": "open"}
        found, end = [], None
        for index, one in enumerate(pieces):
            place = f"{path}.pieces[{index}]"
            piece = _object(one, place, "span", "verdict")
            span = _object(piece["span"], f"{place}.span", "start", "end")
            verdict = self._verdict(piece["verdict"], f"{place}.verdict")
            if span["start"] != piece["verdict"]["on"] or (index and span["start"] != end):
                expected = "the end of the piece before, and the day of the verdict"
                refuse(span["start"], "does_not_follow", expected, path=f"{place}.span.start")
            rule, end = verdict.pop("rule"), span["end"]
            if rule != "r1":
                expected = "the rule of the other pieces"
                refuse(None, "does_not_follow", expected, path=f"{place}.verdict.criterion")
            found.append(verdict["answers"])
        return {"rule": "r1", "pieces": found, "end": end}


_ROWS = ("facts", "sources", "programs")
_GROUPS = ("all", "any", "of")
_NOT_ASKED = {*(operator.value for operator in Operator), *ABOUT_KEYS, "leap_day"}
_LETTERS = {"met": "m", "not_met": "n", "unknown": "u"}


def _is_rows(plain: object) -> TypeGuard[Rows]:
    return isinstance(plain, list) and all(isinstance(row, dict) for row in plain)


def _tabled(plain: Any) -> Any:
    return tabled(plain) if _is_rows(plain) else plain


def _is_list(node: Mapping[str, object], key: str) -> bool:
    return isinstance(node.get(key), list)


def _placed(plain: Any, compared: list[str]) -> Any:
    """Changes in which each comparison is told by its place in the rule."""
    if isinstance(plain, list):
        return [_placed(one, compared) for one in plain]
    if not isinstance(plain, dict):
        return plain
    placed = {}
    for key, one in plain.items():
        if key == "comparison":
            text = canonical_text(one)
            placed[key] = compared.index(text) if text in compared else None
        else:
            placed[key] = _placed(one, compared) if key in ("changes", "demands") else one
    return placed


def _object(plain: object, path: str, *keys: str, also: tuple[str, ...] = ()) -> _Table:
    if not isinstance(plain, dict) or not {*keys} <= {*plain} <= {*keys, *also}:
        refuse(plain, "wrong_type", f"an object of {', '.join(keys)}", path=path, secret=True)
    return plain


def _parts(node: _Table) -> list[Any] | None:
    """The parts of a group; None for a comparison."""
    if "not" in node:
        return [node["not"]]
    return next((node[key] for key in _GROUPS if _is_list(node, key)), None)


def _comparisons(node: object) -> Iterator[object]:
    parts = _parts(node) if isinstance(node, dict) else None
    if parts is None:
        yield node
    for part in parts or ():
        yield from _comparisons(part)


def _answers(
    node: object, proof: object, leaves: list[tuple[_Table, object]], path: str
) -> Iterator[str]:
    """A letter for each node of a proof. The cells that it found are put into ``leaves``."""
    proved = _object(proof, path, "answer", also=("in_force", "cell", "parts"))
    parts = _parts(node) if isinstance(node, dict) else []
    answer = proved["answer"]
    letter = _LETTERS.get(answer, "?") if isinstance(answer, str) else "?"
    if "in_force" in proved:
        letter = "-" if proved["in_force"] is False and letter == "n" else "?"
    yield letter
    if parts is None:
        leaves.append((cast("_Table", node), proved.get("cell")))
        return
    proofs = proved.get("parts")
    if not isinstance(proofs, list) or len(proofs) != len(parts):
        expected = f"a list of {len(parts)} proofs"
        refuse(proofs, "wrong_type", expected, path=f"{path}.parts", secret=True)
    for index, (part, below) in enumerate(zip(parts, proofs, strict=True)):
        yield from _answers(part, below, leaves, f"{path}.parts[{index}]")

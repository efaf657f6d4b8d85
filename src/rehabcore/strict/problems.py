"""Problems of input, told so that they can be mended: what, where, the value, what would be right.

Texts are for people and may change; ``Problem.code`` is stable. No text holds personal data: a
string is shown only if it looks like a code, a day or a schema, otherwise by type and length.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NoReturn, ParamSpec, Self, TypeVar, cast

from attrs import evolve, field

from rehabcore.strict.frozen import frozen

P = ParamSpec("P")
T = TypeVar("T")

# A pattern for what goes wrong is compiled when something does.
_CODE_LIKE = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*\Z")
_HARMLESS = r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}|[a-z_]{1,20}/[0-9]{1,4}"
"""Texts that may be shown: days, even impossible ones, and names of schemas."""
_LONGEST_CODE = 40

MOST_TOLD = 200
"""The most problems that one error tells; the others are counted. Nobody mends more at once."""

LARGEST_NUMBER = 10**15
"""The largest whole number accepted. Nothing that is counted here comes near it."""


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong with some input.

    ``path`` is a JSON path below the document (``data.consents[0].given``), ``found`` describes
    the value without revealing it, ``expected`` says what would be right. ``file`` is set for
    country data, which is spread over several files. ``key`` is a key that is not allowed. It is
    shown only for country data: a key of a case file might be a name.
    """

    code: str
    path: str
    found: str
    expected: str
    file: str = ""
    key: str = field(default="", repr=False, eq=False)

    @classmethod
    def of(
        cls, value: object, code: str, expected: str, *, path: str = "", secret: bool = False
    ) -> "Problem":
        """The problem of a value, which is described as by ``shown``."""
        return cls(code=code, path=path, found=shown(value, secret=secret), expected=expected)

    def below(self, prefix: str) -> "Problem":
        """The same problem, seen from the document that holds this part at ``prefix``.

        Raises:
            InputError: the prefix is not text.
        """
        if not isinstance(prefix, str):
            refuse(prefix, "wrong_type", "a path as text", path="prefix")
        return evolve(self, path=join_path(prefix, self.path))

    def in_file(self, file: str, *, keys: bool = False) -> "Problem":
        """The same problem, with the name of the file in which it was found.

        Args:
            file: the name of the file.
            keys: whether to show a key that is not allowed; only if it cannot be a person's name.
        """
        known = keys and is_code(self.key)
        return evolve(self, file=file, found=f'the key "{self.key}"' if known else self.found)

    def __str__(self) -> str:
        place = f"{self.file}: {self.path or '(top)'}" if self.file else self.path or "(top)"
        return one_line(f"{place}: {self.code}: found {self.found}; expected {self.expected}")


_OBEYED = r"\r?\n|[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
"""Characters that a terminal or a page obeys instead of showing: line breaks, terminal codes, marks
of direction. Half a surrogate pair is among them, because writing it would fail."""


def one_line(text: str) -> str:
    r"""Text as one line, with every character that a reader could not see spelled out.

    Ids and free text come from elsewhere. Without this, they could pass for lines of a report.

    >>> print(one_line("drop_in" + chr(10) + "+ open" + chr(0x202E)))
    drop_in↵+ open\u202e
    """
    # No character that is obeyed is printable, which most texts are, and which is quicker to ask.
    return text if text.isprintable() else re.sub(_OBEYED, _spelled_out, text)


def _spelled_out(found: re.Match[str]) -> str:
    return "↵" if found[0].endswith("\n") else found[0].encode("unicode_escape").decode()


def join_path(prefix: str, path: str) -> str:
    """Put a path below a prefix: keys are joined by a dot, list indexes stand in brackets."""
    if not prefix or not path or path.startswith("["):
        return prefix + path
    return f"{prefix}.{path}"


def shown(value: object, *, secret: bool = False) -> str:
    """Describe a value for an error text; ``secret`` values by type and length only."""
    if value is None:
        return "null"
    if isinstance(value, str):
        if not secret and (is_code(value) or re.fullmatch(_HARMLESS, value)):
            return f'"{value}"'
        return f"a string of {len(value)} characters"
    if isinstance(value, dict):
        return f"an object of {len(value)} keys"
    if isinstance(value, list | tuple | set | frozenset):
        return f"a list of {len(value)} items"
    if secret:
        return f"a value of type {type(value).__name__}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f"the date {value.isoformat()}"
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        return "a very large number"
    if isinstance(value, int | float | Decimal):
        return f"the number {value}"
    return f"a value of type {type(value).__name__}"


def is_code(text: str) -> bool:
    """Whether text looks like a code: lower-case letters, digits, underscores and hyphens."""
    return len(text) <= _LONGEST_CODE and _CODE_LIKE.match(text) is not None


def shown_openly(text: object) -> str:
    """Describe a value that is never personal: text is shown, cut and made printable."""
    return ascii(text[:_LONGEST_CODE]) if isinstance(text, str) else shown(text)


def shown_key(key: str) -> str:
    """A key of the input as part of a path: itself if it looks like a code, else its length."""
    return key if is_code(key) else f"(a key of {len(key)} characters)"


_MOST_NEAR, _MOST_COMPARED = 3, 500
_MOST_LISTED = 40
"""The most names that one problem lists of those that would be right; the others are counted."""


def near_names(meant: object, known: Iterable[str]) -> tuple[str, ...]:
    """The known names nearest to a misspelt one, the nearest first; none if nothing is near.

    Case, spaces, underscores and hyphens do not matter. Text longer than any code is near to
    nothing, so that hostile text costs nothing. Of thousands of names only those are compared that
    stand beside it in the alphabet.

    >>> near_names("Drop in", ["bibliotherapy", "drop_in"])
    ('drop_in',)
    """
    if not isinstance(meant, str) or len(meant) > _LONGEST_CODE:
        return ()
    spelt: dict[str, list[str]] = {}
    for name in sorted(set(known)):
        spelt.setdefault(_spelling(name), []).append(name)
    from difflib import get_close_matches  # only what went wrong has to be spelt

    own, spellings = _spelling(meant), sorted(spelt)
    place = bisect_left(spellings, own)
    beside = spellings[max(0, place - _MOST_COMPARED) : place + _MOST_COMPARED]
    near = get_close_matches(own, beside, n=_MOST_NEAR, cutoff=0.7)
    return tuple(name for spelling in near for name in spelt[spelling])


def _spelling(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.lower())


def one_of(known: Iterable[str], meant: object = None) -> str:
    """The words for "one of these names" in an error; names near to the wrong one come first.

    Args:
        known: words of the library or of a country.
        meant: the wrong value. Leave it out if it may be personal: the nearest name would tell what
            it looks like.

    >>> one_of(["low", "medium", "high"], "hihg")
    'high, or another one of low, medium'
    """
    names = tuple(known)
    near = near_names(meant, names)
    others = listed(name for name in names if name not in near)
    if not near:
        return f"one of {others}" if names else "none, since there are none"
    return ", or another one of ".join(filter(None, (" or ".join(near), others)))


def listed(names: Iterable[object]) -> str:
    """The first names of a list in an error text, and how many more there are.

    A country may have thousands of programmes, and an error may tell hundreds of problems.

    >>> listed(range(100))[-30:]
    '5, 36, 37, 38, 39, and 60 more'
    """
    each = iter(names)
    told = [*map(str, islice(each, _MOST_LISTED))]
    more = sum(1 for _ in each)
    return ", ".join([*told, f"and {more} more"] if more else told)


class RehabcoreError(Exception):
    """The base of all errors that this library raises on purpose.

    ``args`` are the arguments that the error was made with, not its text, because copies and errors
    from worker processes are made anew from them.
    """

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"  # what it was made of may be personal


class InputError(RehabcoreError):
    """Bad input. Lists every problem that was found, in the order of the document.

    ``problems`` holds the first 200 of them, and ``more`` is the number of those that follow.
    """

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems, self.more = _told(problems, more)
        super().__init__(self.problems, self.more)

    def __str__(self) -> str:
        return _listing(self.problems, self.more)

    def each(self, change: Callable[[Problem], Problem]) -> Self:
        """The same error, with every problem as ``change`` tells it."""
        return type(self)(map(change, self.problems), self.more)


class NotInForceError(InputError):
    """A question about a day that the data of some law does not cover.

    Each problem names the law, the day, and the days that are covered. The library never uses a
    version of the law for a day on which it is not known to hold.
    """


class JurisdictionError(RehabcoreError):
    """Bad country data. Lists every problem with its file.

    ``problems`` holds the first 200 of them, and ``more`` is the number of those that follow.
    """

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems, self.more = _told(problems, more)
        super().__init__(self.problems, self.more)

    def __str__(self) -> str:
        return _listing(self.problems, self.more)


class Problems:
    """Collects problems from several places, so that they can be raised together.

    Args:
        found: problems that were found already.
        error: the class of the error that ``done`` raises.
    """

    def __init__(
        self,
        *found: Problem,
        error: type[InputError] | type[JurisdictionError] = InputError,
    ) -> None:
        self.found, self.more, self._error = list(found), 0, error

    def add(self, *found: Problem, more: int = 0) -> None:
        """Collect problems; ``more`` of them are only counted, as are all beyond ``MOST_TOLD``."""
        self.found.extend(found)
        self.more += more + len(self.found[MOST_TOLD:])
        del self.found[MOST_TOLD:]

    @property
    def number(self) -> int:
        """How many problems were collected or counted."""
        return len(self.found) + self.more

    @property
    def room(self) -> int:
        """How many more problems will be told, and not only counted."""
        return max(0, MOST_TOLD - len(self.found))

    def note(self, value: object, code: str, expected: str, *, path: str = "") -> None:
        """Collect the problem of a value."""
        self.add(Problem.of(value, code, expected, path=path))

    def at(self, path: str, make: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> T:
        """Call ``make`` and return its result; problems in it are collected below ``path``.

        If there were problems, there is no result: call ``done`` before using it.
        """
        try:
            return make(*args, **named)
        except InputError as error:
            self.add(*(problem.below(path) for problem in error.problems), more=error.more)
            return cast("T", None)

    def in_file(self, file: str, make: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> T:
        """Like ``at``, for a file in which nothing is personal, so that its keys may be shown."""
        try:
            return make(*args, **named)
        except InputError as error:
            told = (problem.in_file(file, keys=True) for problem in error.problems)
            self.add(*told, more=error.more)
            return cast("T", None)

    def done(self) -> None:
        """Raise all problems that were collected, if there are any.

        Raises:
            InputError: names every problem; or the error given as ``error``.
        """
        if self.found:
            raise self._error(self.found, self.more)


def _told(problems: Iterable[Problem], more: int) -> tuple[tuple[Problem, ...], int]:
    """The problems that are told, and the number of those that are not."""
    found = iter(problems)
    return tuple(islice(found, MOST_TOLD)), more + sum(1 for _ in found)


def _listing(problems: tuple[Problem, ...], more: int) -> str:
    number = len(problems) + more
    count = "1 problem" if number == 1 else f"{number} problems"
    listed = [f"  {problem}" for problem in problems]
    return "\n".join([count, *listed, *([f"  and {more} more"] if more else [])])


def refuse(
    value: object, code: str, expected: str, *, path: str = "", secret: bool = False
) -> NoReturn:
    """Raise the ``InputError`` of a single problem."""
    raise InputError([Problem.of(value, code, expected, path=path, secret=secret)])


def missing_key(path: str, expected: str = "this key") -> Problem:
    """The problem of a key that is missing."""
    return Problem(code="missing_key", path=path, found="nothing", expected=expected)


def unknown_keys(plain: Iterable[str], allowed: Iterable[str], path: str = "") -> list[Problem]:
    """A problem for each key that is not allowed; the key itself is not shown."""
    names = set(allowed)
    unknown = [key for key in plain if key not in names]
    if not unknown:
        return []
    expected = f"only the keys {listed(sorted(names))}" if names else "no key here"
    return [
        Problem(
            code="unknown_key",
            path=path,
            found=f"a key of {len(key)} characters",
            expected=expected,
            key=key,
        )
        for key in unknown
    ]

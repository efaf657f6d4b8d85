"""The rows of the table: what is compared with an older revision, and what is wanted of each."""

from enum import Enum, auto

from attrs import frozen


class How(Enum):
    """How a row is measured."""

    AGAIN = auto()
    """In a process that has done it before."""
    MANY = auto()
    """The same, for many people, in fewer rounds."""
    FIRST = auto()
    """In a process that does it for the first time; what it needs is made before the clock. This
    and what follows is done in fewer rounds, too."""
    PROCESS = auto()
    """As a whole process."""
    IMPORT = auto()
    """As an import in a process of its own, net of the interpreter."""
    SIZE = auto()
    """In bytes."""


@frozen
class Row:
    """A piece of work.

    ``goal`` is how many times as fast, or as small, as in the older revision it is to be.
    """

    name: str
    about: str
    goal: float | None = None
    how: How = How.AGAIN


@frozen
class Relation:
    """How many times as long one row takes as another, in one revision; today at most ``goal``."""

    name: str
    about: str
    goal: float
    row: str
    to: str


SLACK = 1 / 1.15
"""A plain match of a bundled case may never take more than 1.15 times as long as before."""

ROWS: tuple[Row | Relation, ...] = (
    Row("read", "read a case file", 3),
    Row("match_8", "match and read all proofs: 8 programmes, the bundled `xx` case", 3),
    Row("match_60", "the same with 60 programmes", 5),
    Row("match_300", "the same with 300 programmes", 6),
    Row("match_2000_records", "match and read all proofs: a file of 2,000 records", 3),
    Row("bundled_xx", "match alone: the bundled case `xx/therapeutic-community`", SLACK),
    Row("bundled_ge", "match alone: the bundled case `ge/probationer`", SLACK),
    Row("bundled_ge_release", "match alone: the bundled case `ge/release`", SLACK),
    Row("people_answers", "read, check, answers of the catalogue: {people} people", 5, How.MANY),
    Row("people_results", "read, match, write: {people} people", 6, How.MANY),
    Row("write_first", "write a result: first", 3, How.FIRST),
    Row("write", "write a result: again for the same country", 11),
    Row("size", "size of a stored result", 4, How.SIZE),
    Row("read_result_first", "read and prove a result: first", 3, How.FIRST),
    Row("read_result", "read and prove a result: next", 10),
    Row("near", "near misses", 2),
    Row("needs", "needs", 2.5),
    Row("plan", "draft plan", 2.5),
    Row("sheet", "fact sheet of 30 facts: from a case just read", 4),
    Row("sheet_again", "fact sheet of 30 facts: from read facts", 1),
    Row("prospects", "certainly and possibly eligible from: 25 programmes", 2.5),
    Row("answers_25", "answers of 25 programmes from a sheet"),
    Row("open_clauses", "failed and unknown clauses of 25 programmes"),
    Relation("open_clauses_to_answers", "these, against answers", 5, "open_clauses", "answers_25"),
    Row("answers_1000", "answers of 1,000 plain programmes from a sheet"),
    Row("nested_1000", "answers of 1,000 programmes, two in five nested", 4),
    Relation("nested_to_plain", "these, against plain ones", 3, "nested_1000", "answers_1000"),
    Row("explain", "explain a match: in short", 2),
    Row("explain_fully", "explain a match: with all proofs", 2),
    Row("load", "load a country again", 5),
    Row("load_first", "load a country: first", 1.5, How.FIRST),
    Row("import", "import of the everyday verbs", 1.8, How.IMPORT),
    Row("help", "`rehabcore --help`", 4, How.PROCESS),
    Row("command_match", "`rehabcore match` of the bundled `xx` case", 1.5, How.PROCESS),
    Row("audit", "AUDIT: full result", 1.5),
    Row("audit_gap", "AUDIT: one answer missing", 3),
)

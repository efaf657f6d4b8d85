"""The figures of a run as Markdown."""

from collections.abc import Iterable
from textwrap import wrap

from benchmarks.comparison import Row
from benchmarks.measuring import Figures


def markdown(figures: Figures) -> str:
    """Everything, goals first."""
    versions = ", ".join(f"{name} {number}" for name, number in figures.versions.items())
    return "\n".join(
        (
            *_lines(f"{figures.machine}; {figures.python}; {versions}."),
            "",
            *_lines(f"{figures.rule_set}."),
            "",
            "### Goals",
            "",
            *_table(
                ("what", "goal", "measured", ""),
                (
                    (
                        reached.goal.name,
                        f"{'≥' if reached.goal.at_least else '≤'} {reached.goal.limit:g} "
                        f"{reached.goal.unit}",
                        f"{_number(reached.value)} {reached.goal.unit}",
                        "met" if reached.met else "**not met**",
                    )
                    for reached in figures.goals
                ),
            ),
            "",
            "### One person, 25 programmes, answers in three values",
            "",
            *_engines(figures.engines),
            "",
            "### One person, 1,000 programmes",
            "",
            *_engines(figures.thousand),
            "",
            "### 25 programmes, two in five with nested groups",
            "",
            *_engines(figures.nested),
            "",
            "### 1,000 programmes, two in five with nested groups",
            "",
            *_engines(figures.thousand_nested),
            "",
            "### Explanations, sheets and time",
            "",
            *_table(
                ("what", "microseconds"),
                ((name, _number(m.microseconds)) for name, m in figures.library.items()),
            ),
            "",
            "### Scoring a form",
            "",
            *_table(
                ("what", "microseconds", "a second", "x hand-written"),
                (
                    (
                        name,
                        _number(m.microseconds),
                        f"{1e6 / m.microseconds:,.0f}",
                        _number(m.ratio),
                    )
                    for name, m in figures.forms.items()
                ),
            ),
            "",
            "### Import, net of the interpreter",
            "",
            *_table(
                ("statement", "milliseconds"),
                ((f"`{name}`", _number(value)) for name, value in figures.imports.items()),
            ),
            "",
        )
    )


def _lines(text: str) -> list[str]:
    return wrap(text, 100, break_on_hyphens=False)


START, END = "<!-- figures of a run -->", "<!-- end of figures -->"


def renewed(page: str, figures: str) -> str:
    """A page with other figures between its two marks."""
    before, _, rest = page.partition(START)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"the page has no {START} and {END}")
    return f"{before}{START}\n\n{figures.strip()}\n\n{END}{after}"


def _engines(rows: Iterable[Row]) -> list[str]:
    return _table(
        ("engine", "microseconds", "x generated", "preparing", "wrong answers", "people with one"),
        (_engine(row) for row in sorted(rows, key=_time)),
    )


def _time(row: Row) -> float:
    return float("inf") if row.measured is None else row.measured.microseconds


def _engine(row: Row) -> tuple[str, ...]:
    if row.measured is None:
        return row.engine, "failed", row.failure, "", "", ""
    return (
        row.engine,
        _number(row.measured.microseconds),
        _number(row.measured.ratio),
        _number(row.preparing.microseconds) if row.preparing else "",
        f"{row.wrong} of {row.asked:,}",
        f"{row.people_wrong} of {row.people:,}",
    )


def _number(value: float) -> str:
    """Three significant digits, without an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:#.3g}".rstrip(".")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """The first column to the left, the others to the right."""
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]

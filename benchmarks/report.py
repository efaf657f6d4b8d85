"""The figures of a run as Markdown."""

from collections.abc import Iterable

from benchmarks.comparison import Row
from benchmarks.markdown import lines, number, table
from benchmarks.measuring import Figures


def markdown(figures: Figures) -> str:
    """Everything, goals first."""
    versions = ", ".join(f"{name} {number}" for name, number in figures.versions.items())
    return "\n".join(
        (
            *lines(f"{figures.machine}; {versions}."),
            "",
            *lines(f"{figures.rule_set}."),
            "",
            "### Goals",
            "",
            *table(
                ("what", "goal", "measured", ""),
                (
                    (
                        reached.goal.name,
                        f"{'≥' if reached.goal.at_least else '≤'} {reached.goal.limit:g} "
                        f"{reached.goal.unit}",
                        f"{number(reached.value)} {reached.goal.unit}",
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
            *table(
                ("what", "microseconds"),
                ((name, number(m.microseconds)) for name, m in figures.library.items()),
            ),
            "",
            "### Scoring a form",
            "",
            *table(
                ("what", "microseconds", "a second", "x hand-written"),
                (
                    (
                        name,
                        number(m.microseconds),
                        f"{1e6 / m.microseconds:,.0f}",
                        number(m.ratio),
                    )
                    for name, m in figures.forms.items()
                ),
            ),
            "",
            "### Import, net of the interpreter",
            "",
            *table(
                ("statement", "milliseconds"),
                ((f"`{name}`", number(value)) for name, value in figures.imports.items()),
            ),
            "",
        )
    )


def _engines(rows: Iterable[Row]) -> list[str]:
    return table(
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
        number(row.measured.microseconds),
        number(row.measured.ratio),
        number(row.preparing.microseconds) if row.preparing else "",
        f"{row.wrong} of {row.asked:,}",
        f"{row.people_wrong} of {row.people:,}",
    )

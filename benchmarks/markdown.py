"""Figures as Markdown: numbers, tables, and pages whose tables are renewed between two marks."""

from collections.abc import Iterable
from textwrap import wrap


def number(value: float) -> str:
    """Three significant digits, without an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:#.3g}".rstrip(".")


def lines(text: str) -> list[str]:
    """A paragraph, broken as the pages are."""
    return wrap(text, 100, break_on_hyphens=False)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """The first column to the left, the others to the right."""
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def renewed(page: str, name: str, figures: str) -> str:
    """A page with other figures between the two marks of a name."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, _, rest = page.partition(start)
    _, mark, after = rest.partition(end)
    if not mark:
        raise ValueError(f"the page has no {start} and {end}")
    return f"{before}{start}\n\n{figures.strip()}\n\n{end}{after}"

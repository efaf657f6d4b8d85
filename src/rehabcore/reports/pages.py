"""A document as a list of blocks, written as text, Markdown or an HTML page.

The HTML page is complete: no script, no font and no picture from elsewhere. Everything that comes
from data is escaped, and stays on its line: no id and no free text looks like a line of its own.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from attrs import frozen

from rehabcore.reports.wording import Wording
from rehabcore.strict.problems import fault, one_line, one_of

Tone = Literal["", "met", "not_met", "unknown", "alert"]


@frozen
class Heading:
    """A title; level 1 opens a document."""

    level: int
    words: str


@frozen
class Paragraph:
    """One or more sentences."""

    words: str


@frozen
class Item:
    """A line of a list, perhaps with a list below it.

    ``tone`` is the answer it carries, or ``alert`` for what must not be overlooked.
    """

    words: str
    below: "tuple[Item, ...]" = ()
    tone: Tone = ""


@frozen
class Listing:
    """A list."""

    items: tuple[Item, ...]


Block = Heading | Paragraph | Listing

_MARKS: dict[Tone, str] = {"": "-", "met": "+", "not_met": "x", "unknown": "?", "alert": "!"}


def render(blocks: list[Block], wording: Wording, form: str) -> str:
    """Write blocks as ``text``, ``markdown`` or ``html``; ends with a newline.

    Raises:
        InputError: no such form.
    """
    writers: dict[str, Callable[[list[Block], Wording], Iterable[str]]] = {
        "text": _text,
        "markdown": _markdown,
        "html": _html,
    }
    if not isinstance(form, str) or form not in writers:
        fault(form, "unknown_value", one_of(writers, form), path="form")
    return "\n".join(writers[form](blocks, wording)).strip() + "\n"


def _text(blocks: list[Block], _: Wording) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                underline = "=" if block.level == 1 else "-"
                words = one_line(block.words)
                yield from ("", words, underline * len(words))
            case Paragraph():
                yield one_line(block.words)
            case _:
                yield from _text_items(block.items, 0)


def _text_items(items: Iterable[Item], level: int) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * level}{_MARKS[item.tone]} {one_line(item.words)}"
        yield from _text_items(item.below, level + 1)


_MARKDOWN_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~]|&(?=[#\w])|^[-+=]")
_MARKDOWN_NUMBER = re.compile(r"^([0-9]+)([.)])")


def _markdown(blocks: list[Block], _: Wording) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield from (f"{'#' * block.level} {_plain_in_markdown(block.words)}", "")
            case Paragraph():
                yield from (_plain_in_markdown(block.words), "")
            case _:
                yield from (*_markdown_items(block.items, 0), "")


def _markdown_items(items: Iterable[Item], level: int) -> Iterator[str]:
    for item in items:
        mark = f"**{_MARKS[item.tone]}** " if item.tone else ""
        yield f"{'  ' * level}- {mark}{_plain_in_markdown(item.words)}"
        yield from _markdown_items(item.below, level + 1)


def _plain_in_markdown(words: str) -> str:
    """Words that Markdown shows as they are, at the beginning of a line too."""
    marked = _MARKDOWN_MARKS.sub(r"\\\g<0>", one_line(words).strip())
    return _MARKDOWN_NUMBER.sub(r"\1\\\2", marked)


_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
       color: #1b1b1b; background: #fff; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2rem; }
li { margin: .2rem 0; } main > ul > li { margin-top: .8rem; }
main > ul > li > span { font-weight: 600; } li.met::marker { content: "\\2713  "; color: #14662b; }
li.not_met::marker { content: "\\2717  "; color: #9b1c1c; }
li.unknown::marker { content: "?  "; color: #7a4d00; }
li.alert { color: #9b1c1c; } li.alert::marker { content: "!  "; }
@media print { body { margin: 0; } li { break-inside: avoid; } }
"""


def _html(blocks: list[Block], wording: Wording) -> Iterator[str]:
    title = next((block.words for block in blocks if isinstance(block, Heading)), "")
    yield "<!doctype html>"
    yield f'<html lang="{wording.language}">'
    yield f'<head><meta charset="utf-8"><title>{_plain_in_html(title)}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{_STYLE}</style></head>"
    yield "<body><main>"
    for block in blocks:
        match block:
            case Heading():
                yield f"<h{block.level}>{_plain_in_html(block.words)}</h{block.level}>"
            case Paragraph():
                yield f"<p>{_plain_in_html(block.words)}</p>"
            case _:
                yield from _html_items(block.items)
    yield "</main></body></html>"


def _plain_in_html(words: str) -> str:
    return html.escape(one_line(words))


def _html_items(items: Iterable[Item]) -> Iterator[str]:
    yield "<ul>"
    for item in items:
        tone = f' class="{item.tone}"' if item.tone else ""
        yield f"<li{tone}><span>{_plain_in_html(item.words)}</span>"
        if item.below:
            yield from _html_items(item.below)
        yield "</li>"
    yield "</ul>"

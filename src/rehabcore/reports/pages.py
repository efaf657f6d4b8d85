"""A document as a list of blocks, written as text, Markdown, an HTML page or a part of one.

HTML is complete: no script, no font and no picture from elsewhere. All text from data is escaped
and stays on one line, so no id and no free text can pass for another line of the document.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Literal, NamedTuple

from rehabcore.reports.wording import Wording
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import one_line

Tone = Literal["", "met", "not_met", "unknown", "alert"]


class Format(StrEnum):
    """The forms in which an explanation can be written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    """A whole page."""
    FRAGMENT = "fragment"
    """A part of another page. Its headings begin at the second level, and its styles do not affect
    anything outside of it."""


FOLDING = (Format.HTML, Format.FRAGMENT)
"""The forms in which proofs can be folded away, so that they are always there."""


@frozen
class Heading:
    """A title; level 1 opens a document."""

    level: int
    words: str


@frozen
class Paragraph:
    """One or more sentences."""

    words: str


class Item(NamedTuple):
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


@frozen
class Folded:
    """A titled list that is shown on demand: in HTML, a click opens each item."""

    words: str
    items: tuple[Item, ...]


Block = Heading | Paragraph | Listing | Folded


def listing(items: Iterable[Item], if_none: str) -> Iterator[Block]:
    """A list, or a sentence instead if there is nothing to list."""
    items = tuple(items)
    yield Listing(items) if items else Paragraph(if_none)


_MARKS: dict[Tone, str] = {"": "-", "met": "+", "not_met": "x", "unknown": "?", "alert": "!"}


def render(
    blocks: Sequence[Block], wording: Wording, form: Format, *, unfolded: bool = False
) -> str:
    """Write blocks in one of the forms; ends with a newline.

    Args:
        blocks: the document.
        wording: the language of texts for readers who cannot see the signs.
        form: the form to write.
        unfolded: whether HTML opens everything that can be folded.
    """
    if form is Format.TEXT:
        lines: Iterable[str] = _text(blocks)
    elif form is Format.MARKDOWN:
        lines = _markdown(blocks)
    else:
        page = form is Format.HTML
        written = _Html(wording, 0 if page else 1, unfolded)
        lines = written.page(blocks) if page else written.fragment(blocks)
    return "\n".join(lines).strip() + "\n"


def _text(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield from _text_heading(block.level, block.words)
            case Paragraph():
                yield one_line(block.words)
            case Listing():
                yield from _text_items(block.items, "")
            case _:
                yield from _text_heading(2, block.words)
                yield from _text_items(block.items, "")


def _text_heading(level: int, words: str) -> Iterator[str]:
    words = one_line(words)
    yield from ("", words, ("=" if level == 1 else "-") * len(words))


def _text_items(items: Iterable[Item], margin: str) -> list[str]:
    lines = []
    for item in items:
        lines.append(f"{margin}{_MARKS[item.tone]} {one_line(item.words)}")
        if item.below:
            lines += _text_items(item.below, f"{margin}  ")
    return lines


_MARKDOWN_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~]|&(?=[#\w])|^[-+=]")
_MARKDOWN_NUMBER = re.compile(r"^([0-9]+)([.)])")


def _markdown(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield from (f"{'#' * block.level} {_plain_in_markdown(block.words)}", "")
            case Paragraph():
                yield from (_plain_in_markdown(block.words), "")
            case Listing():
                yield from (*_markdown_items(block.items, 0), "")
            case _:
                yield from (f"## {_plain_in_markdown(block.words)}", "")
                yield from (*_markdown_items(block.items, 0), "")


def _markdown_items(items: Iterable[Item], level: int) -> Iterator[str]:
    for item in items:
        mark = f"**{_MARKS[item.tone]}** " if item.tone else ""
        yield f"{'  ' * level}- {mark}{_plain_in_markdown(item.words)}"
        yield from _markdown_items(item.below, level + 1)


def _plain_in_markdown(words: str) -> str:
    """Escape words so that Markdown shows them as they are, even at the beginning of a line."""
    marked = _MARKDOWN_MARKS.sub(r"\\\g<0>", one_line(words).strip())
    return _MARKDOWN_NUMBER.sub(r"\1\\\2", marked)


_SIGNS: dict[Tone, str] = {"met": "\u2713", "not_met": "\u2717", "unknown": "?", "alert": "!"}
"""The signs before items in HTML. Each answer has its own sign, so that no reader needs to see
colours, and its name for readers who hear the page."""

_PAGE_STYLE = """
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: #fff; }
@page { size: A4; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""
_STYLE = """
.rehabcore { font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; }
.rehabcore h1 { font-size: 1.6rem; }
.rehabcore h2 { font-size: 1.25rem; margin-top: 1.5rem; }
.rehabcore h3 { font-size: 1.1rem; }
.rehabcore li { margin: .2rem 0; }
.rehabcore li.rc-marked { list-style: none; margin-left: -1.1rem; }
.rehabcore summary { cursor: pointer; margin: .5rem 0; }
.rehabcore summary :is(h2, h3) { display: inline; }
.rehabcore .rc-sign { display: inline-block; width: 1.1rem; font-weight: 700; }
.rehabcore .rc-met { color: #14662b; }
.rehabcore .rc-not_met { color: #9b1c1c; }
.rehabcore .rc-unknown { color: #7a4d00; }
.rehabcore .rc-alert { color: #9b1c1c; font-weight: 700; }
@media print {
  .rehabcore { font-size: 11px; }
  .rehabcore li { break-inside: avoid; }
  .rehabcore details:not([open]) { display: none; }
}
"""


def _plain_in_html(words: str) -> str:
    from html import escape  # with a table of every name of a character, which text does without

    return escape(one_line(words))


@frozen
class _Html:
    """Writes HTML, its headings ``deeper`` by some levels."""

    wording: Wording
    deeper: int
    unfolded: bool

    def page(self, blocks: Sequence[Block]) -> Iterator[str]:
        """A whole page, titled by its first heading."""
        title = next((block.words for block in blocks if isinstance(block, Heading)), "")
        yield "<!doctype html>"
        yield f'<html lang="{self.wording.language}">'
        yield f'<head><meta charset="utf-8"><title>{_plain_in_html(title)}</title>'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<style>{_PAGE_STYLE}{_STYLE}</style></head>"
        yield '<body><main class="rehabcore">'
        yield from self._blocks(blocks)
        yield "</main></body></html>"

    def fragment(self, blocks: Sequence[Block]) -> Iterator[str]:
        """One element, with the styles that it needs."""
        yield f'<section class="rehabcore" lang="{self.wording.language}">'
        yield f"<style>{_STYLE}</style>"
        yield from self._blocks(blocks)
        yield "</section>"

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Heading():
                    level = block.level + self.deeper
                    yield f"<h{level}>{_plain_in_html(block.words)}</h{level}>"
                case Paragraph():
                    yield f"<p>{_plain_in_html(block.words)}</p>"
                case Listing():
                    yield from self._items(block.items, folded=False)
                case _:
                    level = 2 + self.deeper
                    words = f"<h{level}>{_plain_in_html(block.words)}</h{level}>"
                    yield from self._details(words, self._items(block.items, folded=True))

    def _items(self, items: Iterable[Item], *, folded: bool) -> list[str]:
        lines = ["<ul>"]
        for item in items:
            words = self._words(item)
            below = self._items(item.below, folded=False) if item.below else []
            lines.append('<li class="rc-marked">' if item.tone else "<li>")
            lines += self._details(words, below) if folded and below else [words, *below]
            lines.append("</li>")
        lines.append("</ul>")
        return lines

    def _details(self, summary: str, below: list[str]) -> list[str]:
        opened = f"<details{' open' * self.unfolded}><summary>{summary}</summary>"
        return [opened, *below, "</details>"]

    def _words(self, item: Item) -> str:
        words, tone = _plain_in_html(item.words), item.tone
        if tone == "alert":
            return f'<span class="rc-alert">{_SIGNS[tone]} {words}</span>'
        if not tone:
            return words
        named = _plain_in_html(self.wording.say(f"answer.{tone}"))
        sign = f'<span class="rc-sign rc-{tone}" role="img" aria-label="{named}">'
        return f"{sign}{_SIGNS[tone]}</span> {words}"

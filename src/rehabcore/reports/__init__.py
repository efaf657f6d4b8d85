"""Results, decisions, scores and instruments as text, Markdown or HTML, in a chosen language.

``explain`` says what a result says and adds nothing: no advice, no score, no decision.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import zip_longest

from rehabcore.care.moves import TransitionNotAllowed
from rehabcore.reports import pages
from rehabcore.reports.pages import Block, Heading
from rehabcore.reports.results import Explained, describe, describe_refusal
from rehabcore.reports.wording import LANGUAGES, Wording

__all__ = ["LANGUAGES", "Explained", "Format", "explain", "explain_all", "explain_refusal"]


def __dir__() -> list[str]:
    return __all__


class Format(StrEnum):
    """What a result is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def explain(
    result: Explained,
    *,
    language: str = "en",
    form: Format = Format.TEXT,
    brief: bool = False,
    detail: bool = False,
) -> str:
    """A result in words.

    Args:
        result: what a verb of casework returned, or what was read back from JSON; a score, or an
            instrument.
        language: one of ``LANGUAGES``. A wording that is missing is given in English and marked.
        form: text and Markdown, or a whole HTML page that needs nothing from elsewhere.
        brief: name the clauses that decided, without records, sources and parts.
        detail: of a score also the answers, what each adds, and what would change a band.

    Raises:
        InputError: no such language.
    """
    return explain_all([result], language=language, form=form, brief=brief, detail=detail)


def explain_all(
    results: Sequence[Explained],
    *,
    language: str = "en",
    form: Format = Format.TEXT,
    brief: bool = False,
    captions: Sequence[str] = (),
    detail: bool = False,
) -> str:
    """Several results as one document, in their order, each below its caption if it has one.

    Raises:
        InputError: no such language or form.
    """
    wording = Wording(language)
    blocks: list[Block] = []
    for result, caption in zip_longest(results, captions):
        blocks += [Heading(1, caption)] if caption else []
        blocks += describe(result, wording, brief=brief, detail=detail)
    return pages.render(blocks, wording, form)


def explain_refusal(
    refusal: TransitionNotAllowed, *, language: str = "en", form: Format = Format.TEXT
) -> str:
    """Why a move was refused.

    Raises:
        InputError: no such language.
    """
    wording = Wording(language)
    return pages.render(list(describe_refusal(refusal, wording)), wording, form)

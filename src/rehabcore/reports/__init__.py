"""Results and their parts, rules, scores and instruments as text, Markdown or HTML, in a language.

``explain`` adds nothing to what it explains: no advice, no score, no decision.
"""

from collections.abc import Sequence
from itertools import zip_longest

from rehabcore.casework.results import Grounds
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.reports.pages import FOLDING, Block, Format, Heading, render
from rehabcore.reports.sources import describe_sources
from rehabcore.reports.telling import Explained, tell
from rehabcore.reports.wording import LANGUAGES, Wording
from rehabcore.strict.checked import checked_with

__all__ = ["LANGUAGES", "Explained", "Format", "explain", "explain_all"]


def __dir__() -> list[str]:
    return __all__


_checked = checked_with(
    {
        Explained: (
            "a result, a decision, an offer, a verdict, a missing fact, a plan or its book, a "
            "refused request, a programme, a rule, a score or an instrument"
        ),
        Sequence[Explained]: "a list of what explain can tell",
        Jurisdiction
        | Grounds
        | None: 'a country, as load("xx") gives it, or the grounds of a result',
    }
)


@_checked
def explain(
    what: Explained,
    *,
    country: Jurisdiction | Grounds | None = None,
    language: str = "en",
    form: Format = Format.TEXT,
    detail: bool = False,
) -> str:
    """Put something in words: first the answer and its reasons, then, on demand, the whole proof.

    Args:
        what: a result of a verb, perhaps read back from JSON; an offer, a verdict, a missing fact
            or a plan from a result; the book of a plan, a version or its content; a refused
            request; a programme or a rule of a country; a score; or an instrument.
        country: the country or the grounds of a result, for anything that does not have its own
            words. Without it, codes are shown as they are. A programme needs it.
        language: one of ``LANGUAGES``. A missing wording is given in English and marked.
        form: text, Markdown, a whole HTML page, or a fragment of one. HTML loads nothing from
            elsewhere, and has its proofs folded.
        detail: also show the proofs, with records and sources; in HTML, unfold them. For a score,
            also show the answers, the share of each, and what would change a band.

    Raises:
        InputError: there is no such language or form, ``what`` cannot be explained, or a programme
            comes without its country.
    """
    return _explained([what], country, Wording(language), form, detail=detail)


@_checked
def explain_all(
    parts: Sequence[Explained],
    *,
    country: Jurisdiction | Grounds | None = None,
    language: str = "en",
    form: Format = Format.TEXT,
    detail: bool = False,
    captions: Sequence[str] = (),
) -> str:
    """Put several things in words as one document, in their order, each below its caption.

    Sources of neighbours that rest on the same rules, day and texts are listed once, below the last
    of them.

    Raises:
        InputError: for the reasons of ``explain``.
    """
    return _explained(parts, country, Wording(language), form, detail=detail, captions=captions)


def _explained(
    parts: Sequence[Explained],
    country: Jurisdiction | Grounds | None,
    wording: Wording,
    form: Format,
    *,
    detail: bool,
    captions: Sequence[str] = (),
) -> str:
    full = detail or form in FOLDING
    told = [tell(one, wording, country=country, full=full, detail=detail) for one in parts]
    blocks: list[Block] = []
    cited: set[str] = set()
    for one, following, caption in zip_longest(told, told[1:], captions[: len(told)]):
        blocks += [Heading(1, caption)] if caption else []
        blocks += one.blocks
        cited |= one.cited
        if following is None or not one.stands_with(following):  # else they are told below it
            blocks += describe_sources(one.grounds, cited, wording)
            cited.clear()
    return render(blocks, wording, form, unfolded=detail)

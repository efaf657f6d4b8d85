"""Results and their parts, rules, scores and instruments as text, Markdown or HTML, in a language.

``explain`` says what something says and adds nothing: no advice, no score, no decision.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from rehabcore.casework.results import Grounds
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.reports.pages import FOLDING, Block, Format, Heading, render
from rehabcore.reports.sources import describe_sources
from rehabcore.reports.telling import Explained, tell
from rehabcore.reports.wording import LANGUAGES, Wording
from rehabcore.rules.sources import Citation
from rehabcore.strict.checked import checked_arguments, conforms
from rehabcore.strict.problems import Problems

__all__ = ["LANGUAGES", "Explained", "Format", "explain", "explain_all"]


def __dir__() -> list[str]:
    return __all__


@checked_arguments
def explain(
    what: Explained,
    *,
    country: Jurisdiction | Grounds | None = None,
    language: str = "en",
    form: Format = Format.TEXT,
    detail: bool = False,
) -> str:
    """Something in words: in short what is answered, and why; then, on demand, the whole proof.

    Args:
        what: what a verb of casework returned or what was read back from JSON; an offer, a verdict,
            one missing fact or a plan out of it; a refused move; a programme or a rule of a
            country; a score; or an instrument.
        country: gives the words for what does not bring its own along: the country, or the grounds
            of a result. Without it codes are told as they are. A programme needs it.
        language: one of ``LANGUAGES``. A wording that is missing is given in English and marked.
        form: text and Markdown; a whole HTML page, or a part of one. HTML needs nothing from
            elsewhere, and has the proofs folded.
        detail: also the proofs, with records and sources; in HTML unfolded. Of a score also the
            answers, what each adds, and what would change a band.

    Raises:
        InputError: no such language or form, nothing that can be told, or a programme without its
            country.
    """
    return explain_all([what], country=country, language=language, form=form, detail=detail)


def explain_all(
    parts: Sequence[Explained],
    *,
    country: Jurisdiction | Grounds | None = None,
    language: str = "en",
    form: Format = Format.TEXT,
    detail: bool = False,
    captions: Sequence[str] = (),
) -> str:
    """Several things as one document, in their order, each below its caption if it has one.

    What stands on the same rules, day and texts has its sources listed once, below the last of it.

    Raises:
        InputError: as ``explain``.
    """
    problems = Problems()
    for name, value in {"parts": parts, "country": country, "captions": captions}.items():
        wanted, expected = _TAKEN[name]
        if not conforms(value, wanted):
            problems.note(value, "wrong_type", expected, path=name)
    problems.done()
    wording, full = Wording(language), detail or form in FOLDING
    told = [tell(one, wording, country=country, full=full, detail=detail) for one in parts]
    blocks: list[Block] = []
    cited: set[Citation] = set()
    for one, following, caption in zip_longest(told, told[1:], captions[: len(told)]):
        blocks += [Heading(1, caption)] if caption else []
        blocks += one.blocks
        cited |= one.cited
        if following is None or not one.stands_with(following):  # else they are told below it
            blocks += describe_sources(one.grounds, cited, wording)
            cited.clear()
    return render(blocks, wording, form, unfolded=detail)


_TAKEN: dict[str, tuple[Any, str]] = {
    "parts": (Sequence[object], "a list of what can be told"),
    "country": (Jurisdiction | Grounds | None, "a country, or the grounds of a result"),
    "captions": (Sequence[str], "a list of texts"),
}
"""What is taken for arguments that nothing else checks, and what would be right."""

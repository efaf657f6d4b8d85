"""The two pages of a plan, in the first language of its country unless another is asked for."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from rehabcore.care.plans.axes import PlanLife
from rehabcore.care.plans.versions import PlanVersion
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.plans import PlanContent
from rehabcore.reports.officer_pages import describe_for_officer
from rehabcore.reports.pages import Block, Format, Paragraph, render
from rehabcore.reports.person_pages import describe_for_person
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.plan_versions import describe_standing
from rehabcore.reports.wording import LANGUAGES, Wording
from rehabcore.strict.checked import checked_arguments


class PageReader(StrEnum):
    """The one for whom a page is written."""

    PERSON = "person"
    OFFICER = "officer"


def first_language(country: Jurisdiction) -> str:
    """The first language of a country in which the library has phrases; else English."""
    return next((one for one in country.languages if one in LANGUAGES), "en")


@checked_arguments
def plan_page(
    plan: PlanContent | PlanVersion,
    *,
    country: Jurisdiction,
    reader: PageReader,
    on: date,
    language: str | None = None,
    form: Format = Format.TEXT,
) -> str:
    """The page of a plan that the person reads and signs, or from which an officer works.

    The page for the person has no ids, no codes of staff and short sentences.

    Args:
        plan: a version, as ``version_on(book, on=day)`` gives it, whose page also tells where it
            stands; or only what it says.
        country: the country, whose words are used.
        reader: for whom the page is.
        on: the day, from which what was to be done is late.
        language: one of ``LANGUAGES``; None for the first language of the country in which the
            library has phrases. A missing wording is given in English and marked.
        form: text, Markdown, a whole HTML page, or a part of one.

    Raises:
        InputError: there is no such language.
    """
    phrasing = Phrasing(Wording(language or first_language(country)), country)
    content = plan if isinstance(plan, PlanContent) else plan.content
    if reader is PageReader.PERSON:
        over = not isinstance(plan, PlanContent) and plan.life in _OVER
        title, *said = describe_for_person(content, phrasing, over=over)
    else:
        title, *said = describe_for_officer(content, phrasing, on=on)
    stands = () if isinstance(plan, PlanContent) else _standing(plan, reader, phrasing)
    return render((title, *stands, *said), phrasing.wording, form)


_OVER = frozenset({PlanLife.SUPERSEDED, PlanLife.COMPLETED, PlanLife.TERMINATED, PlanLife.REJECTED})
"""The lives in which nothing of a version is to be done any more."""


def _standing(version: PlanVersion, reader: PageReader, phrasing: Phrasing) -> Iterable[Block]:
    """Where a version stands: in a sentence or two for the person, in full for the officer."""
    if reader is PageReader.OFFICER:
        return describe_standing(version, phrasing)
    return (Paragraph(phrasing.wording.say(f"person.life_{version.life.value}")),)

"""The two pages of a plan, in the first language of its country unless another is asked for."""

from datetime import date
from enum import StrEnum

from rehabcore.care.plans.content import PlanContent
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.reports.officer_pages import describe_for_officer
from rehabcore.reports.pages import Format, render
from rehabcore.reports.person_pages import describe_for_person
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import LANGUAGES, Wording
from rehabcore.strict.checked import checked_arguments


class PageReader(StrEnum):
    """The one for whom a page is written."""

    PERSON = "person"
    OFFICER = "officer"


@checked_arguments
def plan_page(
    content: PlanContent,
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
        content: what a version says, as ``version_on(book, on=day).content`` gives it.
        country: the country, whose words are used.
        reader: for whom the page is.
        on: the day, from which what was to be done is late.
        language: one of ``LANGUAGES``; None for the first language of the country in which the
            library has phrases. A missing wording is given in English and marked.
        form: text, Markdown, a whole HTML page, or a part of one.

    Raises:
        InputError: there is no such language.
    """
    spoken = [one for one in country.languages if one in LANGUAGES]
    phrasing = Phrasing(Wording(language or [*spoken, "en"][0]), country)
    if reader is PageReader.PERSON:
        blocks = describe_for_person(content, phrasing)
    else:
        blocks = describe_for_officer(content, phrasing, on=on)
    return render(tuple(blocks), phrasing.wording, form)

"""The provenance of an instrument: its sources, its terms of use, and whom it was made for."""

from collections.abc import Iterable
from enum import StrEnum

from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import checked, codes_only, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, is_code, shown_openly


class Tier(StrEnum):
    """How well a figure is supported by sources. It does not tell how good the instrument is."""

    READ = "A"
    """Read in a named public source."""
    TESTED = "T"
    """Also reproduced by a public test case or a published vignette."""
    RECORDS = "R"
    """Also reproduced on real records."""
    UNREAD = "O"
    """General professional knowledge, not yet read in any source; used only on request."""


class LicenceClass(StrEnum):
    """The kind of terms on which an agency may use the form."""

    PUBLIC_DOMAIN = "public_domain"
    FREE_NONCOMMERCIAL = "free_noncommercial"
    FREE_WITH_CITATION = "free_with_citation"
    PERMISSION = "permission"
    """The agency must ask the holder before using the form."""
    USER_LICENCE = "user_licence"
    """The agency signs a free agreement."""
    OPEN_SOURCE = "open_source"
    """Published with its code under an open licence, whose notice is given."""
    PROPRIETARY = "proprietary"
    """The agency supplies its own tables, under its own licence."""


@frozen(kw_only=True)
@checked
class Licence:
    """The terms of use of the form. The notice travels with every result."""

    licence_class: LicenceClass
    holder: str
    notice: str

    def _problems(self) -> Iterable[Problem]:
        return not_empty(self, "holder", "notice")


@frozen(kw_only=True)
@checked
class Origin:
    """The source in which a table was read, and how well it is supported."""

    id: str
    cite: str
    tier: Tier

    def _problems(self) -> Iterable[Problem]:
        return (*codes_only(self, "id"), *not_empty(self, "cite"))


def not_codes(path: str, jurisdictions: Iterable[object]) -> Iterable[Problem]:
    """A problem for each jurisdiction that is not a code, so that no respondent can have it."""
    for index, code in enumerate(jurisdictions):
        if isinstance(code, str) and not is_code(code):
            expected = "a code in lower case, such as us or uk-ew"
            found = shown_openly(code)
            yield Problem(
                code="not_a_code", path=f"{path}[{index}]", found=found, expected=expected
            )


@frozen(kw_only=True)
@checked
class Validity:
    """The people for whom an instrument was made, the time it asks about, and how long it holds.

    ``population`` is in words; ``made_in`` are the codes of the jurisdictions that it was made in,
    with all that lie in them (``us-ny`` in ``us``): for anybody else a result carries a warning.
    Empty means that no source says where; then the warning is always there.
    ``validated_elsewhere`` says whether a study is known that found it to hold outside of them.
    ``reassess_after`` is None where no interval is published.
    """

    population: str
    administered_by: str
    made_in: tuple[str, ...] = ()
    validated_elsewhere: bool = False
    recall_months: int | None = None
    recall_days: int | None = None
    reassess_after: Term | None = None

    def _problems(self) -> Iterable[Problem]:
        yield from not_empty(self, "population", "administered_by")
        yield from not_codes("made_in", self.made_in)

"""A law of packs as data, and what was found where it was looked for."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import one_line


class PackStanding(StrEnum):
    """How a law of packs stands with one thing that it is about."""

    PROVED = "proved"
    """It holds."""
    NOT_REFUTED = "not_refuted"
    """Nothing speaks against it; but its facts depend on each other, so it is not proved."""
    NOT_PUBLISHED = "not_published"
    """The rules that it would be about are not published. That is no fault."""
    WAIVED = "waived"
    """It does not hold, and the pack says why that is meant."""
    BROKEN = "broken"
    """It does not hold."""


@frozen(kw_only=True)
@checked
class PackFinding:
    """How one law stands with one thing: a programme, a rule, a list of titles.

    ``told`` says why, and gives the counter-example of a law that is broken.
    """

    law_id: str
    about: str
    standing: PackStanding
    told: str = ""

    def __str__(self) -> str:
        why = f": {self.told}" if self.told else ""
        return one_line(f"{self.law_id} @ {self.about}: {self.standing.value}{why}")


@frozen(kw_only=True)
class PackLaw:
    """Something that should hold of every country pack.

    ``cite`` names the text that asks for it. ``look`` gives a finding for each thing that the law
    is about, whether it holds or not.
    """

    law_id: str
    statement: str
    cite: str
    look: Callable[[Jurisdiction], Iterator[PackFinding]]

"""The ``About`` of a rule as keys of its table: its sources, its days, and how sure it is."""

from collections.abc import Mapping
from typing import Any

from rehabcore.rules.criteria import About
from rehabcore.rules.sources import Citation, Status, Text, citing_problems
from rehabcore.rules.time.days import Span
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problems, one_of, refuse
from rehabcore.strict.structure import Codec

ABOUT_KEYS = ("id", "title", "cite", "in_force", "covered", "status", "origin")
STATED_KEYS = ("id", "title", "cite", "in_force", "status")
"""The keys that files of a country may give to a node; reading fills in the others."""
_TYPES: dict[str, Any] = {
    "id": str,
    "title": Text,
    "in_force": Span,
    "covered": Span,
    "status": Status,
    "origin": str,
}


@frozen(kw_only=True)
class AboutReader:
    """Reads the ``About`` of a table.

    ``sources`` holds the status of each source that may be cited; None takes citations unchecked.
    ``origin`` is given to tables that do not say where they come from.
    """

    codec: Codec
    sources: Mapping[str, Status] | None = None
    origin: str = ""

    def read(self, plain: Mapping[str, Any], *, states: bool) -> About:
        """Read the keys of a table that make its ``About``; other keys are ignored.

        Args:
            plain: the table.
            states: whether the table states something itself, so that citing claims a review.

        Raises:
            InputError: names every problem in these keys, or a claim that its citations do not
                allow.
        """
        problems = Problems()
        read: dict[str, Any] = {"origin": self.origin}
        for key, kind in _TYPES.items():
            if key in plain:
                read[key] = problems.at(key, self.codec.read, plain[key], kind)
        if "cite" in plain:
            read["cite"] = problems.at("cite", self._citations, plain["cite"])
        problems.done()
        about = About(**read)
        if self.sources is not None:
            claimed = Status.REVIEWED if states and about.cite else None
            problems.add(*citing_problems(about.status or claimed, about.cite, self.sources))
        problems.done()
        return about

    def _citations(self, plain: object) -> tuple[Citation, ...]:
        if not isinstance(plain, list):
            return (self._citation(plain),)
        problems = Problems()
        cited = [
            problems.at(f"[{index}]", self._citation, text) for index, text in enumerate(plain)
        ]
        problems.done()
        return tuple(cited)

    def _citation(self, plain: object) -> Citation:
        citation = Citation.parse(plain)
        if self.sources is not None and citation.source_id not in self.sources:
            expected = f"the id of a source: {one_of(sorted(self.sources), citation.source_id)}"
            refuse(citation.source_id, "dangling_id", expected)
        return citation


def write_about(about: About, codec: Codec) -> dict[str, Any]:
    """The inverse of ``AboutReader.read``; empty keys are left out."""
    said: dict[str, Any] = {}
    if about.id:
        said["id"] = about.id
    if about.title is not None:
        said["title"] = codec.write(about.title)
    if about.cite:
        said["cite"] = codec.write(about.cite, tuple[Citation, ...])
    if about.in_force is not None:
        said["in_force"] = codec.write(about.in_force)
    if about.covered is not None:
        said["covered"] = codec.write(about.covered)
    if about.status is not None:
        said["status"] = about.status.value
    if about.origin:
        said["origin"] = about.origin
    return said

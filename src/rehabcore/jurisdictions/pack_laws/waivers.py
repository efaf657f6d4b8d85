"""Waivers: laws of packs that a country does not keep somewhere, on purpose."""

from collections.abc import Iterable

from rehabcore.strict.checked import checked, codes_only, not_empty
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem


@frozen(kw_only=True)
@checked
class Waiver:
    """A law that need not hold of something, and the reason why.

    ``law`` is the id of the law, ``about`` that of which it need not hold, as its finding names it.
    ``origin`` is the country pack, with its version.
    """

    law: str
    about: str
    reason: str
    origin: str = ""

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "law")
        yield from not_empty(self, "about", "reason")

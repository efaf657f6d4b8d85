"""Profiles of therapeutic communities: what sources say of one, and by which rules it works.

Whatever a source does not say stays empty. A criterion that only a professional may answer, such as
one about medicines, is quoted and never asked.
"""

from collections.abc import Iterable, Iterator

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import checked, codes_only
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import ProgramId, Sex, UnitStage


@frozen(kw_only=True)
@checked
class CommunityPhase:
    """A phase of a community. ``minimum`` is None where nobody has published one.

    Its clock starts anew whenever somebody enters the phase, and stops while they are suspended.
    """

    phase_id: str
    title: Text
    minimum: Term | None = None
    maximum: Term | None = None

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "phase_id")


@frozen(kw_only=True)
@checked
class Quoted:
    """Something that a text says of a community, perhaps for a professional to answer."""

    says: Text
    answered_by: str = ""
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT

    def _problems(self) -> Iterable[Problem]:
        return codes_only(self, "answered_by") if self.answered_by else ()


@frozen(kw_only=True)
@checked
class UnitProfile:
    """A community as sources describe it, and its rules.

    ``stage`` is how far the sources say that it is established, ``places`` how many places they
    name, ``houses`` the sex of its residents. ``phases`` are empty where nobody has published them.
    ``program`` is the programme of the country by which people are admitted. ``consent`` and
    ``clearance`` are the rules that say when there is written consent, and when a health
    professional cleared the person. ``minimum_stay`` is needed to graduate. There are at most
    ``residents_per_counsellor``. ``origin`` is the country pack, with its version.
    """

    profile_id: str
    title: Text
    institution: str = ""
    stage: UnitStage | None = None
    places: int | None = None
    houses: Sex | None = None
    phases: tuple[CommunityPhase, ...] = ()
    minimum_stay: Term | None = None
    residents_per_counsellor: int | None = None
    program: ProgramId | None = None
    consent: Criterion | None = None
    clearance: Criterion | None = None
    quoted: tuple[Quoted, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: Status = Status.DRAFT
    origin: str = ""

    def _problems(self) -> Iterable[Problem]:
        yield from codes_only(self, "profile_id")
        for name in ("places", "residents_per_counsellor"):
            if (getattr(self, name) or 0) < 0:
                yield Problem.of(getattr(self, name), "out_of_range", "0 or more", path=name)
        yield from self._repeated()

    def _repeated(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for index, phase in enumerate(self.phases):
            if phase.phase_id in seen:
                path = f"phases[{index}].phase_id"
                yield Problem.of(phase.phase_id, "repeated_item", "each only once", path=path)
            seen.add(phase.phase_id)

"""Why a programme is in a draft, and why another is not."""

from datetime import date
from enum import StrEnum
from functools import lru_cache

from attrs import field

from rehabcore.records.fields import PROGRAMS, word
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import ProgramId


class ChoiceReason(StrEnum):
    """Why a programme is in a draft; the first that applies."""

    CONTINUES = "continues"
    """The person attends it already."""
    DUTY = "duty"
    """A court or a licence obliges the person to it."""
    COVERS_NEED = "covers_need"
    """Without it, fewer needs were covered."""
    OPENS_THE_WAY = "opens_the_way"
    """Another of the draft waits for it."""
    HOURS = "hours"
    """Without it, fewer of the hours that are called for were planned."""
    SOONER = "sooner"
    """With it the draft is finished sooner, or takes fewer programmes."""
    ASKED_FOR = "asked_for"
    """Somebody asked for it, or it was in the plan before."""


class PassedReason(StrEnum):
    """Why a programme that serves a need is not in a draft."""

    COMPLETED = "completed"
    DECLINED = "declined"
    """The person does not want it."""
    PUT_OFF = "put_off"
    CLOSED = "closed"
    """The person may not enter it on the day."""
    ASKED = "asked"
    """It is not known whether the person may enter it: somebody is asked."""
    PART_NOT_KNOWN = "part_not_known"
    """It serves a part of a need domain, and nobody says whether the need was found in it."""
    EXCLUDED = "excluded"
    """It and one of the draft exclude each other."""
    NO_BASIS = "no_basis"
    """It is held only for those who are obliged to it, and nobody obliged the person."""
    KEPT_APART = "kept_apart"
    """Somebody is in its group from whom the person is kept apart."""
    HELD_UP = "held_up"
    """Its group waits until something acute is settled, and nothing of the draft settles it."""
    WAITS = "waits"
    """A programme that it requires is not in the draft, or nobody knows when that one ends."""
    NO_TIME = "no_time"
    """It could not be finished in time: before the gate, a birthday or the end of the sentence."""
    TOO_MANY_HOURS = "too_many_hours"
    """It takes more hours of a week than there are."""
    LEFT_OPEN = "left_open"
    """It is open. Drafts of an older form named such programmes, and chose none."""
    NOT_NEEDED = "not_needed"
    """Without it the draft is better, by the order of merit."""


@frozen(kw_only=True)
@checked
class DraftChoice:
    """Why a programme is in a draft, the needs that it serves, and what would be in its place.

    ``otherwise`` is the programme with which the rest of the draft would be best if this one were
    not to be had; None if nothing would take its place. ``note`` is the code of a reason that
    somebody gave, such as for proposing again what was completed.
    """

    program_id: ProgramId = field(metadata=SECRET | word(PROGRAMS))
    why: ChoiceReason
    needs: tuple[str, ...] = ()
    otherwise: ProgramId | None = field(default=None, metadata=SECRET | word(PROGRAMS))
    note: str = ""


@frozen(kw_only=True)
@checked
class PassedOver:
    """Why a programme that serves a need is not in a draft; because of ``other``, if one is named.

    ``day`` is the one by which it would have to end, or from which it is looked at again.
    """

    program_id: ProgramId = field(metadata=SECRET | word(PROGRAMS))
    why: PassedReason
    other: ProgramId | None = field(default=None, metadata=SECRET | word(PROGRAMS))
    day: date | None = None


MOST_PASSED_OVER = 4_096
"""For how many programmes and reasons it is kept that one was passed over."""


@lru_cache(maxsize=MOST_PASSED_OVER)
def passed_because(
    program_id: ProgramId,
    why: PassedReason,
    other: ProgramId | None = None,
    day: date | None = None,
) -> PassedOver:
    """That a programme is not in a draft for a reason, which may name another, and a day."""
    return PassedOver(program_id=program_id, why=why, other=other, day=day)

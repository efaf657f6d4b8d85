"""A request to change something: allowed, or refused with all that speaks against it.

A request is judged before anything happens, so its guard must certainly be met. It changes nothing
by itself: whoever allows it files the entry.
"""

from datetime import date

from attrs import evolve

from rehabcore.rules.criteria import Asked, Compare, Criterion
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.judging.verdicts import Missing, Verdict, missing_facts
from rehabcore.rules.machines.rows import Arrow
from rehabcore.rules.machines.tables import Machine
from rehabcore.rules.machines.walking import HistoryEntry, Misfit, Passed, Position, Ways
from rehabcore.rules.time.partial import PartialDay
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import RehabcoreError, refuse


@frozen(kw_only=True)
class Possibility:
    """An arrow that leaves a position, the state to which it leads, and the verdict on its guard.

    Without a guard there is no verdict, and nothing stands against it. ``to`` is empty if the
    arrow leads back to an origin that nobody knows.
    """

    arrow: Arrow
    to: str
    verdict: Verdict | None = None

    @property
    def answer(self) -> Answer:
        """Whether its guard is met."""
        return Answer.MET if self.verdict is None else self.verdict.answer


class RequestRefused(RehabcoreError):
    """A request that is not allowed. Nothing was changed.

    ``table`` is the id of the machine. ``state`` is the state in which the object is, empty if it
    has not begun, or if nobody knows; ``event`` is what was asked for. ``misfits`` say why it does
    not fit the table; ``verdicts`` are those on the guards that are not met, or not certainly.
    ``possible`` lists what could be asked for instead.
    """

    def __init__(  # noqa: PLR0917 - an error is copied by its arguments in order
        self,
        table: str,
        state: str,
        event: str,
        misfits: tuple[Misfit, ...],
        verdicts: tuple[Verdict, ...],
        possible: tuple[Possibility, ...],
    ) -> None:
        self.table, self.state, self.event = table, state, event
        self.misfits, self.verdicts, self.possible = misfits, verdicts, possible
        super().__init__(table, state, event, misfits, verdicts, possible)

    def __str__(self) -> str:
        why = ", ".join((*(misfit.value for misfit in self.misfits), *map(_unmet, self.verdicts)))
        shown = (one.arrow.event for one in self.offered if one.answer is not Answer.NOT_MET)
        could = ", ".join(dict.fromkeys(shown)) or "nothing"
        return f"{self.event} is refused in {self.state or 'no state'}: {why}; possible: {could}"

    @property
    def offered(self) -> tuple[Possibility, ...]:
        """The possibilities that somebody can ask for; others follow from the days."""
        return tuple(one for one in self.possible if one.arrow.visible)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The facts that must be known before it can be allowed; empty if it is refused for good.

        Nothing that is to be known helps against a misfit.
        """
        unmet = () if self.misfits else self.verdicts
        return tuple(dict.fromkeys(one for verdict in unmet for one in missing_facts(verdict)))


def _unmet(verdict: Verdict) -> str:
    """The answer of a guard, with the parts that keep it from being met, by id or by fact."""
    parts = (one.criterion for one in verdict.reasons() if one.answer is not Answer.MET)
    named = ", ".join(dict.fromkeys(filter(None, map(_name_of, parts))))
    return f"{verdict.answer.value} ({named})" if named else verdict.answer.value


def _name_of(part: Criterion) -> str:
    return part.about.id or (part.asked.fact.name if isinstance(part, Compare) else "")


def nothing_known(asked: Asked) -> Cell:
    """The cell of any fact, where nothing is on file: only what a silent file means."""
    return asked.fact.absent()


@checked_arguments
def possible(
    machine: Machine,
    position: Position,
    *,
    on: date,
    role: str | None = None,
    cells: Cells = nothing_known,
) -> tuple[Possibility, ...]:
    """The arrows that leave a position, by priority, then as the table lists them.

    Those whose guard is not met are among them, with the verdict.

    Args:
        machine: the table.
        position: where the object is.
        on: the day on which the guards are judged.
        role: who asks; None lists what anybody may do.
        cells: what is known on the day.

    Raises:
        InputError: the position is none of the machine.
        NotInForceError: the data of some guard does not cover the day.
    """
    machine.state(position.state)
    return _listed(Ways(machine), position, role, cells, on)


def _listed(
    ways: Ways, position: Position, role: str | None, cells: Cells, on: date
) -> tuple[Possibility, ...]:
    return tuple(
        Possibility(
            arrow=arrow,
            to=ways.target(arrow, position),
            verdict=_judged(arrow.guard, cells, on),
        )
        for arrow in ways.arrows(position)
        if arrow.may_be_used_by(role)
    )


def _judged(guard: Criterion | None, cells: Cells, on: date) -> Verdict | None:
    return None if guard is None else judge(guard, cells, on=on)


@checked_arguments
def step(
    machine: Machine,
    position: Position | None,
    request: HistoryEntry,
    *,
    cells: Cells = nothing_known,
) -> Passed:
    """The entry that a request makes, if it is allowed.

    Args:
        machine: the table.
        position: where the object is; None if it has not begun.
        request: the entry that is asked for, on a day that is known. Of several arrows of its
            event, the one is taken whose guard is met: no two can be. Nobody in particular may use
            only arrows that name no role.
        cells: what is known on that day.

    Raises:
        RequestRefused: the table does not allow it, or a guard is not certainly met.
        InputError: the position is none of the machine, or the day is known only in part.
        NotInForceError: the data of some guard does not cover the day.
    """
    on = request.on
    if isinstance(on, PartialDay):
        refuse(on, "wrong_type", "a day that is known", path="request.on")
    if position is not None:
        machine.state(position.state)
    ways, asked = Ways(machine), evolve(request, role=request.role or "")
    usable = [one for one in ways.fitting(position, asked) if one.may_be_used_by(asked.role)]
    judged = [(arrow, _judged(arrow.guard, cells, on)) for arrow in usable]
    unmet = tuple(verdict for _, verdict in judged if verdict and verdict.answer is not Answer.MET)
    met = [arrow for arrow, verdict in judged if not verdict or verdict.answer is Answer.MET]
    if position is not None and usable:
        passed = ways.through((met or usable)[0], position, asked)
    else:
        passed = ways.passed(position, asked)
    if passed.misfits or (unmet and not met):
        instead = () if position is None else _listed(ways, position, request.role, cells, on)
        state = "" if position is None else position.state
        verdicts = () if met else unmet
        raise RequestRefused(machine.id, state, request.event, passed.misfits, verdicts, instead)
    return evolve(passed, entry=request)

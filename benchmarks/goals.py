"""What the library wants to reach, and whether it did."""

from collections.abc import Mapping

from attrs import frozen


@frozen
class Goal:
    """A limit on one figure: at most so much, or at least so much."""

    name: str
    limit: float
    unit: str
    at_least: bool = False

    def met(self, value: float) -> bool:
        """Whether a figure keeps the limit."""
        return value >= self.limit if self.at_least else value <= self.limit


GOALS = (
    Goal("answers of 25 programmes, against hand-generated code", 1.2, "x"),
    Goal("the fastest exact peer, against the library", 4.5, "x", at_least=True),
    Goal("failed and unknown criteria of 25, against answers alone", 5, "x"),
    Goal("full proof of one programme", 12, "µs"),
    Goal("answers of 1,000 programmes", 10, "µs"),
    Goal("fact sheet of 30 facts from a case file", 60, "µs"),
    Goal("eligible-from days of 25 programmes", 25, "µs"),
    Goal("answers of 25 programmes over ten years", 1000, "µs"),
    Goal("answers of one programme over ten years", 100, "µs"),
    Goal("AUDIT full result", 20, "µs"),
    Goal("AUDIT score without detail", 2, "µs"),
    Goal("`import rehabcore`, net of the interpreter", 80, "ms"),
)


@frozen
class Reached:
    """A goal and the figure that was measured."""

    goal: Goal
    value: float

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.goal.met(self.value)


def reached(measured: Mapping[str, float]) -> tuple[Reached, ...]:
    """Every goal with its figure; a goal without one is an error."""
    return tuple(Reached(goal, measured[goal.name]) for goal in GOALS)

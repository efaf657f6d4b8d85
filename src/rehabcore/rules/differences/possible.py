"""The answers that a rule can give at all: to some person on a day, whoever that may be.

Each fact is weighed on its own, so nobody may live to whom an answer is given that can be reached;
but an answer that cannot be reached is given to nobody, and that is proved.
"""

from datetime import date

from rehabcore.rules.criteria import Criterion
from rehabcore.rules.differences.diagrams import IN_ORDER, Diagram, Diagrams, TooManyQuestions
from rehabcore.rules.differences.pairs import rule_pair
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_arguments


@checked_arguments
def possible_answers(rule: Criterion, *, on: date) -> frozenset[Answer] | None:
    """The answers that a rule gives by some choice of what is known; None if it is too large.

    Args:
        rule: the rule; parts that are not law on the day are left out.
        on: the day.
    """
    pair, diagrams = rule_pair(rule, rule, on), Diagrams()
    try:
        diagram = pair.diagram(diagrams, pair.rules[0])
    except TooManyQuestions:
        return None
    seen, ahead = set[Diagram](), {diagram}
    while ahead:
        seen |= ahead
        asked = (diagrams.asks(one) for one in ahead)
        ahead = {branch for asks in asked if asks for branch in asks[1]} - seen
    return frozenset(answer for result, answer in enumerate(IN_ORDER) if result in seen)

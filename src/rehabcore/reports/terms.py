"""Conditions of an instrument in words: when a flag is up, or items may be left out."""

from rehabcore.instruments import Instrument
from rehabcore.instruments.model.expressions import (
    Blanks,
    Bound,
    Chosen,
    Compared,
    Expression,
    Extreme,
    FixedNumber,
    ItemCount,
    Named,
    Negated,
    Pick,
    Pool,
    names_in,
)
from rehabcore.reports.wording import Wording
from rehabcore.strict.frozen import frozen


def bound_told(bound: Bound, wording: Wording) -> str:
    """A number in words, without a point if it is whole; None is "no limit"."""
    if bound is None:
        return wording.say("instrument.open")
    return str(int(bound) if bound == int(bound) else bound)


@frozen
class Terms:
    """Puts the conditions of one instrument in words; of other expressions, only what they read."""

    instrument: Instrument
    wording: Wording

    def told(self, expression: Expression) -> str:
        """An expression in words."""
        say = self.wording.say
        match expression:
            case FixedNumber(value=value):
                return bound_told(value, self.wording)
            case Named(name=name, if_missing=None) | Pool(items=(name,)):
                return self._named(name)
            case Named(name=name, if_missing=default):
                return say("expression.default", of=self._named(name), default=str(default))
            case Compared(of=of, test=test, against=against):
                key = f"expression.{test.value}"
                return say(key, of=self.told(of), against=self.told(against))
            case Chosen(name=name, codes=codes):
                return say("expression.chosen", of=self._named(name), codes=", ".join(codes))
            case Negated(of=of):
                return say("expression.not", of=self.told(of))
            case Extreme(parts=parts, pick=pick):
                between = "; " if pick in (Pick.ANY, Pick.ALL) else ", "
                return say(f"expression.{pick.value}", parts=between.join(map(self.told, parts)))
            case ItemCount(items=items, reaching=reaching):
                least = bound_told(reaching, self.wording)
                return say("expression.count", items=", ".join(items), least=least)
            case Blanks(items=items):
                return say("expression.blanks", items=", ".join(items))
            case Pool(items=items, mean=mean):
                return say(f"expression.{'mean' if mean else 'sum'}", items=", ".join(items))
            case _:
                return say("expression.other", names=", ".join(names_in(expression)))

    def _named(self, name: str) -> str:
        """A name in words. The name of an item is marked as one, because it may be a number."""
        items = {item for group in self.instrument.items for item in group.numbers}
        return self.wording.say("expression.item", name=name) if name in items else name

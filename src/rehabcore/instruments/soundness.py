"""What the tables of an instrument say of each other: names, points, bands that leave no gap."""

from collections.abc import Iterable

from rehabcore.errors import Problem
from rehabcore.instruments.declaration import Instrument


def unsound(instrument: Instrument) -> Iterable[Problem]:
    """Every problem of an instrument whose tables are each well formed."""
    return ()

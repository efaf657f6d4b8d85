"""Objects told apart by what they are, and not by what they say."""

from operator import is_
from typing import Any

from rehabcore.strict.frozen import frozen


@frozen(eq=False)
class Same:
    """Objects that only the very same objects equal. What never changes needs no deeper look."""

    objects: tuple[Any, ...]

    def __hash__(self) -> int:
        """A hash of the identities."""
        return hash(tuple(map(id, self.objects)))

    def __eq__(self, other: object) -> bool:
        """Whether the other holds the very same objects."""
        return (
            isinstance(other, Same)
            and len(self.objects) == len(other.objects)
            and all(map(is_, self.objects, other.objects))
        )

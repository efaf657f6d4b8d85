"""Where chains of records lead, in which each names at most one other."""

from collections.abc import Mapping

from rehabcore.strict.vocabulary import RecordId


class Chains:
    """Chains of links, each followed once, however many begin or meet on the way.

    ``ends`` has the end of the chain that begins at each link: what leads no further, or the last
    before it would come back to one. ``circles`` are the links of chains that come back to them.

    Args:
        links: what each link leads to.
    """

    def __init__(self, links: Mapping[RecordId, RecordId]) -> None:
        self.ends: dict[RecordId, RecordId] = {}
        self.circles: set[RecordId] = set()
        for start in links:
            self._follow(start, links)

    def _follow(self, start: RecordId, links: Mapping[RecordId, RecordId]) -> None:
        path: list[RecordId] = []
        places: dict[RecordId, int] = {}
        at = start
        while at in links and at not in self.ends and at not in places:
            places[at] = len(path)
            path.append(at)
            at = links[at]
        if at in places:  # hostile input may lead in a circle; following it has to end all the same
            circle = path[places[at] :]
            self.circles.update(circle)
            self.ends |= zip(circle, (circle[-1], *circle), strict=False)
        end = self.ends.get(at, at)
        self.ends |= {own: end for own in path if own not in self.circles}

    def end_of(self, start: RecordId) -> RecordId:
        """The end of the chain that begins at something, which is itself if it has no link."""
        return self.ends.get(start, start)

"""The faulty records that a result leaves open, told before anything else that it says."""

from collections.abc import Iterator

from rehabcore.casework.results import Grounds
from rehabcore.reports.pages import Block, Item, Listing, Paragraph
from rehabcore.reports.wording import Wording


def describe_set_aside(grounds: Grounds, wording: Wording) -> Iterator[Block]:
    """Describe which records were set aside, and why; nothing if none was."""
    if grounds.set_aside:
        yield Paragraph(wording.say("set_aside.open"))
        items = (
            wording.say(
                "set_aside.record",
                record=one.record_id,
                place=one.place,
                why=wording.say(f"set_aside.{one.code}"),
            )
            for one in grounds.set_aside
        )
        yield Listing(tuple(Item(words, tone="alert") for words in items))

"""An instrument as a document: what it asks, how it is scored, for whom, and from which sources.

No wording of an item is told, for none is held.
"""

from collections.abc import Iterable, Iterator

from rehabcore.explain.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.explain.scoring import bound_told, describe_terms, with_notes
from rehabcore.explain.wording import Wording
from rehabcore.instruments import Instrument
from rehabcore.instruments.engine.placing import described
from rehabcore.instruments.model.declaration import Band, Bands, Flag, Scale, Table
from rehabcore.instruments.model.expressions import Ends, names_in
from rehabcore.instruments.model.items import Answers, Choice, Items
from rehabcore.rules.sources import Status


def describe_instrument(
    instrument: Instrument, wording: Wording, *, brief: bool
) -> Iterator[Block]:
    """What an instrument is, asks and gives; its bands in full unless told briefly."""
    say = wording.say
    yield Heading(1, say("instrument.title", tool=instrument.tool, title=instrument.title))
    yield Paragraph(" ".join(_about(instrument, wording)))
    yield Paragraph(" ".join(_validity(instrument, wording)))
    parts: tuple[tuple[str, Iterable[Item]], ...] = (
        ("choices", (_choice(choice, wording) for choice in instrument.choices)),
        ("items", (*_items(instrument, wording),)),
        ("scales", (_scale(scale, wording) for scale in instrument.scales)),
        ("bands", (_bands(bands, wording, brief) for bands in instrument.bands)),
        ("flags", (_flag(flag, wording) for flag in instrument.flags)),
    )
    for key, items in parts:
        if listed := tuple(items):
            yield Heading(2, say(f"instrument.{key}"))
            yield Listing(listed)
    yield from describe_terms(instrument, wording, brief=brief)


def _about(instrument: Instrument, wording: Wording) -> Iterator[str]:
    say = wording.say
    yield say("instrument.name", name=instrument.name, edition=instrument.edition)
    yield say("score.meaning", meaning=instrument.higher_means)
    if instrument.reference_model:
        yield say("score.reference")
    if instrument.status is Status.DRAFT:
        yield say("score.draft")


def _validity(instrument: Instrument, wording: Wording) -> Iterator[str]:
    say, validity = wording.say, instrument.validity
    yield say("instrument.population", population=validity.population)
    if validity.made_in:
        yield say("instrument.made_in", places=", ".join(validity.made_in))
    else:
        yield say("instrument.not_made_in")
    yield say("instrument.administered_by", who=validity.administered_by)
    for key in ("recall_months", "recall_days"):
        if (number := getattr(validity, key)) is not None:
            yield say(f"instrument.{key}", number=str(number))
    if validity.reassess_after is None:
        yield say("instrument.no_reassess")
    else:
        yield say("instrument.reassess", term=wording.term(validity.reassess_after))


def _choice(choice: Choice, wording: Wording) -> Item:
    values = wording.say("instrument.values", values=", ".join(map(str, choice.values)))
    if choice.default is not None:
        default = str(choice.default)
        values = wording.say("instrument.by_default", values=values, default=default)
    return Item(f"{choice.id}: {values}")


def _items(instrument: Instrument, wording: Wording) -> Iterator[Item]:
    for group in instrument.items:
        notes = [wording.say("instrument.not_applicable")] if group.not_applicable else []
        words = f"{', '.join(group.numbers)}: {_answers(group, wording)}"
        yield Item(with_notes(words, [group.unit, *notes]))
    for key in instrument.keying:
        if key.reverse:
            yield Item(wording.say("instrument.reversed", items=", ".join(key.reverse)))


def _answers(group: Items, wording: Wording) -> str:
    kind, say = group.answers, wording.say
    if kind in (Answers.VALUES, Answers.CODES):
        return say("instrument.values", values=", ".join(map(str, getattr(group, kind))))
    if kind in (Answers.WHOLE, Answers.AMOUNT):
        low, high = _ends(getattr(group, kind), wording)
        return say(f"instrument.{kind}", low=low, high=high)
    return say(f"instrument.{kind}")


def _ends(ends: Ends, wording: Wording) -> tuple[str, str]:
    low, high = ends
    return bound_told(low, wording), bound_told(high, wording)


def _scale(scale: Scale, wording: Wording) -> Item:
    notes = [wording.say("instrument.reads", names=", ".join(names_in(scale.of)))]
    if scale.range is not None:
        low, high = _ends(scale.range, wording)
        notes.insert(0, wording.say("score.range", low=low, high=high))
    if scale.step:
        notes.insert(0, wording.say("instrument.step"))
    return Item(with_notes(scale.name, notes))


def _bands(bands: Bands, wording: Wording, brief: bool) -> Item:
    requested = wording.say("instrument.on_request") if bands.on_request else ""
    words = with_notes(bands.name, [wording.say("score.of", scale=bands.of), requested])
    return Item(words, () if brief else tuple(_table(table, wording) for table in bands.tables))


def _table(table: Table, wording: Wording) -> Item:
    told = described(table)
    audience = wording.say("score.for", audience=told) if told else ""
    rows = "; ".join(_row(band, wording) for band in table.bands)
    return Item(with_notes(rows, [audience, table.source]))


def _row(band: Band, wording: Wording) -> str:
    low, high = _ends((band.low, band.high), wording)
    label = band.label or band.why
    key = "instrument.row_below" if band.half_open else "instrument.row"
    return wording.say(key, low=low, high=high, label=label)


def _flag(flag: Flag, wording: Wording) -> Item:
    notes = [
        wording.say("instrument.critical") if flag.critical else "",
        wording.say("instrument.on_request") if flag.on_request else "",
    ]
    return Item(with_notes(flag.name, [*notes, flag.source]))

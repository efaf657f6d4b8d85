"""An instrument as a document: what it asks, how it is scored, for whom, and from which sources.

No wording of any item is shown, because none is in the data.
"""

from collections.abc import Iterable, Iterator

from rehabcore.instruments import Instrument
from rehabcore.instruments.engine.norms import audience_of, described
from rehabcore.instruments.model.declaration import Band, Bands, Figure, Flag, Norm, Scale, Table
from rehabcore.instruments.model.expressions import Ends, names_in
from rehabcore.instruments.model.items import (
    AnswerKind,
    Choice,
    Items,
    MissingAnswers,
    MissingPolicy,
    When,
)
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.scores import describe_terms
from rehabcore.reports.terms import Terms, bound_told
from rehabcore.reports.wording import Wording, with_notes
from rehabcore.rules.sources import Status


def describe_instrument(instrument: Instrument, wording: Wording, *, full: bool) -> Iterator[Block]:
    """Describe what an instrument is, asks and gives; the rows of its tables only if ``full``."""
    say, terms = wording.say, Terms(instrument, wording)
    yield Heading(1, say("instrument.title", tool=instrument.tool, title=instrument.title))
    yield Paragraph(" ".join(_about(instrument, wording)))
    yield Paragraph(" ".join(_validity(instrument, wording)))
    parts: tuple[tuple[str, Iterable[Item]], ...] = (
        ("choices", (_choice(choice, wording) for choice in instrument.choices)),
        ("items", (*_items(instrument, wording),)),
        ("passes", _passes(instrument, terms)),
        ("unanswered", _unanswered(instrument, wording)),
        ("scales", (_scale(scale, wording) for scale in instrument.scales)),
        ("norms", (_norm(norm, wording, full) for norm in instrument.norms)),
        ("bands", (_bands(bands, wording, full) for bands in instrument.bands)),
        ("flags", (_flag(flag, terms) for flag in instrument.flags)),
    )
    for key, items in parts:
        if listed := tuple(items):
            yield Heading(2, say(f"instrument.{key}"))
            yield Listing(listed)
    yield from describe_terms(instrument, instrument.origins, wording)


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
        yield Item(with_notes(words, [group.unit, *notes, _only(group.when, wording)]))
    for key in instrument.keying:
        if key.reverse:
            words = wording.say("instrument.reversed", items=", ".join(key.reverse))
            yield Item(with_notes(words, [_only(key.when, wording)]))


def _only(when: When | None, wording: Wording) -> str:
    """The choices under which something applies, in words; empty if it always does."""
    return wording.say("score.for", audience=audience_of(when)) if when else ""


def _passes(instrument: Instrument, terms: Terms) -> Iterator[Item]:
    """Items that are not asked, or may be left out, with the conditions."""
    say, wording = terms.wording.say, terms.wording
    for gate in instrument.gates:
        items, at = ", ".join(gate.items), bound_told(gate.closed_at, wording)
        points = bound_told(gate.score, wording)
        words = say("instrument.gate", items=items, item=gate.item, at=at, points=points)
        yield Item(with_notes(words, [gate.source]))
    for skip in instrument.skips:
        items, when = ", ".join(skip.items), terms.told(skip.when)
        notes = [say("instrument.contradicts")] if skip.contradicts else []
        words = say("instrument.skip", items=items, when=when)
        yield Item(with_notes(words, [*notes, skip.source]))


def _unanswered(instrument: Instrument, wording: Wording) -> Iterator[Item]:
    """The policies on unanswered items: that of the form, and those of single scales."""
    say = wording.say
    yield Item("; ".join(_policy(instrument.missing, wording)))
    for scale in instrument.scales:
        if scale.missing is not None:
            policy = "; ".join(_policy(scale.missing, wording))
            yield Item(say("score.value", name=scale.name, value=policy))


def _policy(missing: MissingAnswers, wording: Wording) -> Iterator[str]:
    say = wording.say
    yield say(f"instrument.unanswered_{missing.policy.value}", most=str(missing.max_missing))
    if missing.not_applicable is MissingPolicy.PRORATE:
        yield say("instrument.not_applicable_prorate")
    if missing.void_form_over is not None:
        yield say("instrument.void_form", share=f"{100 * missing.void_form_over:g}")


def _answers(group: Items, wording: Wording) -> str:
    kind, say = group.answers, wording.say
    if kind in (AnswerKind.VALUES, AnswerKind.CODES):
        return say("instrument.values", values=", ".join(map(str, getattr(group, kind))))
    if kind in (AnswerKind.WHOLE, AnswerKind.AMOUNT):
        ends = getattr(group, kind)
        low, high = _ends(ends, wording)
        return say(f"instrument.{kind}{'_any' * (ends == (None, None))}", low=low, high=high)
    if group.listed:
        listed = group.listed
        length = str(listed.length)
        return say("instrument.listed", length=length, file=listed.file, tells=listed.tells)
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


def _norm(norm: Norm, wording: Wording, full: bool) -> Item:
    return Item(norm.name, tuple(_figure(figure, wording, full) for figure in norm.figures))


def _figure(figure: Figure, wording: Wording, full: bool) -> Item:
    notes = [figure.note, figure.source] if full else []
    words = bound_told(figure.value, wording)
    return Item(with_notes(words, [_audience(figure, wording), *notes]))


def _audience(row: Figure | Table, wording: Wording) -> str:
    """The people and days that a figure or table is for, in words; empty if for everybody."""
    told = described(row)
    return wording.say("score.for", audience=told) if told else ""


def _bands(bands: Bands, wording: Wording, full: bool) -> Item:
    requested = wording.say("instrument.on_request") if bands.on_request else ""
    words = with_notes(bands.name, [wording.say("score.of", scale=bands.of), requested])
    return Item(words, tuple(_table(table, wording) for table in bands.tables) if full else ())


def _table(table: Table, wording: Wording) -> Item:
    rows = "; ".join(_row(band, wording) for band in table.bands)
    return Item(with_notes(rows, [_audience(table, wording), table.source]))


def _row(band: Band, wording: Wording) -> str:
    low, high = _ends((band.low, band.high), wording)
    label = band.label or band.why
    key = "instrument.row_below" if band.half_open else "instrument.row"
    return wording.say(key, low=low, high=high, label=label)


def _flag(flag: Flag, terms: Terms) -> Item:
    say = terms.wording.say
    notes = [
        say("instrument.critical") if flag.critical else "",
        say("instrument.on_request") if flag.on_request else "",
    ]
    words = say("score.value", name=flag.name, value=terms.told(flag.of))
    return Item(with_notes(words, [*notes, flag.source]))

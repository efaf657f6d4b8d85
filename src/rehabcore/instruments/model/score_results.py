"""The result of scoring a form: scores, bands and flags, with everything they stand on.

A result holds the instrument and the request, so it can be stored, explained and scored again. A
stored result is not trusted: reading it scores the form again.
"""

from collections.abc import Iterable
from typing import TypeVar

from attrs import field

from rehabcore.instruments.model.declaration import Instrument
from rehabcore.instruments.model.expressions import Bound, Number
from rehabcore.instruments.model.provenance import Tier
from rehabcore.instruments.model.requests import Request
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import one_of, refuse


@frozen(kw_only=True)
class ScaleScore:
    """The value of one scale, or why it has none.

    ``low`` and ``high`` are the least and the most that it can be, over all answers that unanswered
    items could have had; None means no limit. ``prorated`` are the items that count as the mean of
    others, in this scale or in one that it reads; ``missing`` are those that it lacks for a value.
    ``why`` is empty, or ``missing``, ``void_form``, ``objection``, ``undefined``.
    """

    name: str
    value: Number | None
    low: Bound
    high: Bound
    prorated: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""


@frozen(kw_only=True)
class Placing:
    """The band of one scale, or why it has none.

    ``possible`` are the labels that it may have: of a score its own, also where the publisher fills
    gaps in; without a score those between its bounds, none if for a part of them the table has no
    label. ``table`` tells which table was used, ``source`` where it was read. ``why`` is empty, or
    ``no_score``, ``no_table`` (the norms do not cover the respondent or the day),
    ``unread_table``, or the reason that the table itself gives.
    """

    name: str
    of: str
    label: str | None
    possible: tuple[str, ...] = ()
    table: str = ""
    source: str = ""
    why: str = ""


@frozen(kw_only=True)
class Flagged:
    """Whether a flag is up. One that is critical and up needs a person's attention."""

    name: str
    answer: Answer
    critical: bool
    source: str = ""
    why: str = ""


@frozen(kw_only=True)
class FigureUsed:
    """The figure of a norm that was used: a cut-off, say. None if the norm does not cover it."""

    name: str
    value: Number | None
    source: str = ""
    table: str = ""
    note: str = ""


@frozen(kw_only=True)
class Remark:
    """Something to know about a result: a code, the items it concerns, and what is meant."""

    code: str
    items: tuple[str, ...] = ()
    about: str = ""


_UP = {Answer.MET: True, Answer.NOT_MET: False, Answer.UNKNOWN: None}

N = TypeVar("N", ScaleScore, Placing, Flagged, FigureUsed)


@frozen(kw_only=True, slots=False)
class ScoreResult:
    """The result of one scored form, with everything that it rests on.

    ``objections`` are the checks that the answers do not pass; the scales they void have no value.
    ``warnings`` always hold ``outside_population`` unless the respondent's jurisdiction is one
    that the instrument was made in, or lies in it. ``assumptions`` are the items that a published
    model itself takes as answered; ``policies`` the choices of this library that were used.
    """

    instrument: Instrument = field(repr=False)
    request: Request = field(repr=False)
    scores: tuple[ScaleScore, ...]
    placings: tuple[Placing, ...] = ()
    flags: tuple[Flagged, ...] = ()
    figures: tuple[FigureUsed, ...] = ()
    skipped: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    objections: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    assumptions: tuple[Remark, ...] = ()
    policies: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """One line, without answers or anything that follows from them."""
        said = ", ".join(
            f"{len(held)} {kind}"
            for kind, held in (
                ("scores", self.scores),
                ("bands", self.placings),
                ("flags", self.flags),
            )
        )
        return f"<ScoreResult of {self.instrument.name} on {self.request.on}: {said}>"

    @property
    def values(self) -> dict[str, Number | str | bool | None]:
        """All values of the result by name, as one row of a table.

        First the values of scales, then the figures of norms, the labels of bands, and the flags,
        which are True, False, or None where nobody knows. None is also a scale without a value, a
        norm without a figure, and a score without a band. A band or flag that is called as a scale
        or a norm is told under ``band.NAME`` or ``flag.NAME``.
        """
        told: dict[str, Number | str | bool | None] = {}
        told |= {one.name: one.value for one in self.scores}
        told |= {one.name: one.value for one in self.figures}
        bands = {one.name: one.label for one in self.placings}
        flags = {one.name: _UP[one.answer] for one in self.flags}
        told |= {f"band.{name}" if name in told else name: label for name, label in bands.items()}
        told |= {f"flag.{name}" if name in told else name: up for name, up in flags.items()}
        return told

    @checked_arguments
    def score(self, name: str) -> ScaleScore:
        """The score of a scale.

        Raises:
            InputError: the instrument has no such scale.
        """
        return _named(self.scores, name)

    @checked_arguments
    def band(self, name: str) -> Placing:
        """The band that a named table gives.

        Raises:
            InputError: the instrument has no bands of that name, or they were not requested.
        """
        return _named(self.placings, name)

    @checked_arguments
    def flag(self, name: str) -> Flagged:
        """A flag.

        Raises:
            InputError: the instrument has no such flag, or it was not requested.
        """
        return _named(self.flags, name)

    @checked_arguments
    def figure(self, name: str) -> FigureUsed:
        """The figure of a norm that was used.

        Raises:
            InputError: the instrument has no such norm.
        """
        return _named(self.figures, name)

    @property
    def unread(self) -> tuple[str, ...]:
        """The bands, flags, figures and scores that rest on figures nobody has read in a source."""
        unread = {one.id for one in self.instrument.origins if one.tier is Tier.UNREAD}
        used: tuple[Placing | Flagged | FigureUsed, ...] = (
            *self.placings,
            *self.flags,
            *self.figures,
        )
        names = [one.name for one in used if one.source in unread and self.request.unread]
        if self.instrument.rests_on_unread:
            names += [score.name for score in self.scores]
        return tuple(dict.fromkeys(names))

    @property
    def remarked(self) -> tuple[str, ...]:
        """The codes of all remarks that a user of the result has to know, each once.

        They are those of its warnings and objections, and ``unread_table`` if anything in it is
        ``unread``.
        """
        codes = [remark.code for remark in (*self.warnings, *self.objections)]
        return tuple(dict.fromkeys([*codes, *(["unread_table"] if self.unread else [])]))

    @property
    def critical(self) -> tuple[str, ...]:
        """The critical flags that are up: they need a person, whatever the scores."""
        return tuple(f.name for f in self.flags if f.critical and f.answer is Answer.MET)


def _named(found: Iterable[N], name: str) -> N:
    known = {one.name: one for one in found}
    if name not in known:
        refuse(name, "unknown_value", one_of(known, name), path="name")
    return known[name]

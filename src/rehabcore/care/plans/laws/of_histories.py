"""Laws of a plan's book: versions, answers, signatures, copies, and what may follow what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from rehabcore.care.plans.axes import AGREEING, PlanLife
from rehabcore.care.plans.book import (
    ContentEdited,
    PlanAnswer,
    PlanBook,
    PlanLifeEvent,
    SignatureEvent,
    SignatureNoted,
    VersionOpened,
)
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.care.plans.laws.grounds import PlanGrounds
from rehabcore.care.plans.laws.law import Breach
from rehabcore.care.plans.versions import PlanHistory, PlanVersion
from rehabcore.plans import Actor, PlanContent, PlanItem
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import Basis

SIGNING = frozenset(
    {
        SignatureEvent.SIGNED,
        SignatureEvent.SENT_TO_COUNTERSIGN,
        SignatureEvent.COUNTERSIGNED,
        SignatureEvent.SENT_TO_DOUBLE_COUNTERSIGN,
        SignatureEvent.DOUBLE_COUNTERSIGNED,
    }
)
"""The events by which somebody signs; from the first on a version is frozen."""
PERSON = Actor.PERSON.value
"""The role of the person whose plan it is. Only this one may refuse to sign and be passed over."""
_LAST = frozenset(PlanLifeEvent) - {PlanLifeEvent.PROPOSED, PlanLifeEvent.ACTIVATED}
_NOT_BEGUN = frozenset({PlanLife.DRAFT, PlanLife.PROPOSED})


@frozen(kw_only=True)
@checked
class BookRead:
    """A plan's book with what it tells on the day of the check."""

    book: PlanBook
    history: PlanHistory


def signed_after_the_answer(read: BookRead, _: PlanGrounds) -> Iterator[Breach]:
    """P3: nobody signs a draft, or a version to which the person has not answered."""
    for version in read.history.versions:
        proposed = [t.noted.place for t in version.turns if t.event is PlanLifeEvent.PROPOSED]
        answered = [answer.noted.place for answer in version.answers]
        for signature in _signed(version):
            place = signature.noted.place
            if min(proposed, default=place) >= place or min(answered, default=place) >= place:
                expected = "a version that was proposed, and to which the person has answered"
                yield Breach(place=_entry(place), expected=expected)


def _signed(version: PlanVersion) -> Iterator[SignatureNoted]:
    return (one for one in version.signatures if one.event in SIGNING)


def _entry(place: int) -> str:
    return f"entries[{place}]"


def signed_is_frozen(read: BookRead, _: PlanGrounds) -> Iterator[Breach]:
    """P4: what was signed does not change, and it is what was signed."""
    book, since = read.book, _signed_since(read.history)
    for edit in sorted(book.edits, key=lambda one: one.noted.place):
        if since.get(edit.version, edit.noted.place) < edit.noted.place:
            yield Breach(place=_entry(edit.noted.place), expected="a new version: this is signed")
    hashes = _hashes(book)
    for signature in book.signatures:
        place = signature.noted.place
        before = [told for at, told in hashes[signature.version] if at < place]
        if signature.event in SIGNING and signature.content_hash not in before[-1:]:
            expected = "the hash of what the version says"
            yield Breach(place=f"{_entry(place)}.content_hash", expected=expected)


def _signed_since(history: PlanHistory) -> Mapping[int, int]:
    """The place of the first signature of each version that has one."""
    firsts = ((v.number, next(_signed(v), None)) for v in history.versions)
    return {number: one.noted.place for number, one in firsts if one is not None}


def _hashes(book: PlanBook) -> Mapping[int, list[tuple[int, str]]]:
    """The hashes of the contents of each version, each with its place in the book."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    entries: Iterable[VersionOpened | ContentEdited] = (*book.versions, *book.edits)
    for entry in sorted(entries, key=lambda one: one.noted.place):
        found[entry.version].append((entry.noted.place, hash_of_content(entry.content)))
    return found


def versions_count_on(read: BookRead, _: PlanGrounds) -> Iterator[Breach]:
    """P5: versions count 1, 2, 3, without a gap."""
    opened = sorted(read.book.versions, key=lambda one: one.noted.place)
    for number, version in enumerate(opened, start=1):
        if version.version != number:
            place = f"{_entry(version.noted.place)}.version"
            yield Breach(place=place, expected=f"version {number}")


def one_version_is_active(read: BookRead, _: PlanGrounds) -> Iterator[Breach]:
    """P6: at most one version is active on any day."""
    active: set[int] = set()
    for turn in sorted(read.book.life, key=lambda one: one.noted.place):
        if turn.event in _LAST:
            active.discard(turn.version)
        elif turn.event is PlanLifeEvent.ACTIVATED:
            if active - {turn.version}:
                expected = "no other version that is still active"
                yield Breach(place=_entry(turn.noted.place), expected=expected)
            active.add(turn.version)


def nothing_voluntary_after_withdrawal(read: BookRead, grounds: PlanGrounds) -> Iterator[Breach]:
    """P11: after a consent was withdrawn nothing voluntary is planned on it any more."""
    for version in living(read.history):
        for index, item in enumerate(version.content.items):
            withdrawn = grounds.withdrawn.get(item.consent) if item.consent is not None else None
            if withdrawn is None or item.basis is Basis.MANDATORY or withdrawn > grounds.on:
                continue
            place = f"versions[{version.number}].items[{index}]"
            expected = f"nothing from {withdrawn.isoformat()} on, when the consent was withdrawn"
            for number, session in enumerate(item.sessions):
                if session.day >= withdrawn:
                    yield Breach(place=f"{place}.sessions[{number}]", expected=expected)
            if not item.sessions and (item.ends is None or item.ends > withdrawn):
                yield Breach(place=f"{place}.ends", expected=expected)


def living(history: PlanHistory) -> Iterator[PlanVersion]:
    """The versions that may still be followed: the active one, and those that may become it.

    Once a version was activated, none before it can be activated any more.
    """
    activated = [
        version.number
        for version in history.versions
        if any(turn.event is PlanLifeEvent.ACTIVATED for turn in version.turns)
    ]
    last = max(activated, default=0)
    for version in history.versions:
        ahead = version.number > last and version.life in _NOT_BEGUN
        if ahead or version.life is PlanLife.ACTIVE:
            yield version


def an_answer_stays(read: BookRead, _: PlanGrounds) -> Iterator[Breach]:
    """P13: whoever has answered answers anew only to a new version, so that no answer is lost."""
    for version in read.history.versions:
        for before, after in pairwise(version.answers):
            if before.answer is not PlanAnswer.COULD_NOT_ANSWER:
                expected = "an answer to a new version: this one has its answer"
                yield Breach(place=_entry(after.noted.place), expected=expected)


def edits_follow_each_other(read: BookRead, _: PlanGrounds) -> Iterator[Breach]:
    """P15: every edit names the content that it changes, so that a replay gives the same plan."""
    hashes = _hashes(read.book)
    for edit in sorted(read.book.edits, key=lambda one: one.noted.place):
        before = [told for at, told in hashes[edit.version] if at < edit.noted.place]
        if edit.expects not in before[-1:]:
            expected = "the hash of the content before it"
            yield Breach(place=f"{_entry(edit.noted.place)}.expects", expected=expected)


def signatures_are_there(read: BookRead, grounds: PlanGrounds) -> Iterator[Breach]:
    """P26: a version is activated only with the signatures that the country asks for.

    That the person refused to sign, and it was noted, stands in the place of that signature.
    """
    for version in read.history.versions:
        for turn in version.turns:
            if turn.event is not PlanLifeEvent.ACTIVATED:
                continue
            before = [one for one in version.signatures if one.noted.place < turn.noted.place]
            signed = {one.role for one in before if one.event in SIGNING}
            if any(_person_refused(one) for one in before):
                signed.add(PERSON)
            for role in grounds.signed_by:
                if role not in signed:
                    expected = f"a signature of {role} before it"
                    yield Breach(place=_entry(turn.noted.place), expected=expected)


def _person_refused(signature: SignatureNoted) -> bool:
    return signature.event is SignatureEvent.REFUSED_TO_SIGN and signature.role == PERSON


def copies_are_given(read: BookRead, _: PlanGrounds) -> Iterator[Breach]:
    """P27: the person gets a copy of what was signed."""
    for version in read.history.versions:
        signed = {one.content_hash for one in _signed(version)}
        if signed - {copy.content_hash for copy in version.copies}:
            expected = "a copy that the person was given"
            yield Breach(place=f"versions[{version.number}].copies", expected=expected)


def more_need_takes_no_hours_away(read: BookRead, grounds: PlanGrounds) -> Iterator[Breach]:
    """P28: where risk or a need went up, hours go down only with a shortfall that is written."""
    levels, risks = grounds.profile.levels, grounds.risk_levels
    for earlier, later in pairwise(read.history.versions):
        old, new = earlier.content, later.content
        was = {need.domain: need.level for need in old.needs}
        up = _higher(new.risk, old.risk, risks) or any(
            _higher(need.level, was.get(need.domain), levels) for need in new.needs
        )
        if up and _hours(new.items) < _hours(old.items) and new.shortfall is None:
            expected = f"at least {_hours(old.items)} hours, or a shortfall with its reason"
            yield Breach(place=f"versions[{later.number}].items", expected=expected)


def _higher(after: str | None, before: str | None, levels: tuple[str, ...]) -> bool:
    known = after in levels and before in levels
    return known and levels.index(str(after)) > levels.index(str(before))


def _hours(items: Iterable[PlanItem]) -> Decimal:
    return sum((item.hours or Decimal(0) for item in items), Decimal(0))


def duties_only_without_agreement(read: BookRead, _: PlanGrounds) -> Iterator[Breach]:
    """P29: in an active version with which the person did not agree all is mandatory."""
    for version in read.history.versions:
        if version.life is PlanLife.ACTIVE and version.agreement not in AGREEING:
            for index in _voluntary(version.content):
                expected = "only what is mandatory, since the person did not agree"
                place = f"versions[{version.number}].items[{index}].basis"
                yield Breach(place=place, expected=expected)


def _voluntary(content: PlanContent) -> Iterator[int]:
    return (i for i, item in enumerate(content.items) if item.basis is Basis.VOLUNTARY)

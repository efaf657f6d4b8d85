"""The risk, need and responsivity policy of a country pack: dosage, sequence, who is kept apart."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from rehabcore.care.needs.dosage import Criminogenic, DosagePolicy, DosageRow, DosageTable, Homework
from rehabcore.care.needs.groups import Apart
from rehabcore.care.needs.policy import RnrPolicy
from rehabcore.care.needs.sequence import SequencePolicy
from rehabcore.records import Glossary
from rehabcore.records.glossary import codes
from rehabcore.rules.criteria import About
from rehabcore.rules.data.about_forms import AboutReader
from rehabcore.rules.data.version_forms import read_versions
from rehabcore.rules.law.versions import Versions
from rehabcore.rules.sources import Status
from rehabcore.strict.problems import Problem, Problems, missing_key, one_of, refuse, unknown_keys
from rehabcore.strict.structure import Codec


@frozen(kw_only=True)
class RnrReader:
    """Reads ``rnr.toml`` of one country.

    ``sources`` holds the status of each source that may be cited; ``risk_levels`` are the levels
    of risk in the glossary, lowest first.
    """

    codec: Codec
    sources: Mapping[str, Status]
    risk_levels: tuple[str, ...]

    def read(self, table: Mapping[str, Any]) -> RnrPolicy:
        """The policy that the file states.

        Raises:
            InputError: names every problem, with its path.
        """
        parts = {
            "criminogenic": self._criminogenic,
            "dosage": self._dosage,
            "homework": self._homework,
            "sequence": self._sequence,
            "apart": self._apart,
        }
        problems = Problems()
        problems.add(*unknown_keys(table, parts))
        made: dict[str, Any] = {
            key: problems.at(key, read, table[key]) for key, read in parts.items() if key in table
        }
        problems.done()
        return RnrPolicy(
            dosage=DosagePolicy(
                criminogenic=made.get("criminogenic"),
                targets=made.get("dosage"),
                homework=made.get("homework"),
            ),
            sequence=made.get("sequence", SequencePolicy()),
            apart=made.get("apart"),
        )

    @property
    def _said(self) -> AboutReader:
        return AboutReader(codec=self.codec, sources=self.sources)

    def _criminogenic(self, plain: object) -> Criminogenic:
        return self.codec.read(plain, Criminogenic)

    def _homework(self, plain: object) -> Homework:
        return self.codec.read(plain, Homework)

    def _sequence(self, plain: object) -> SequencePolicy:
        return self.codec.read(plain, SequencePolicy)

    def _apart(self, plain: object) -> Apart:
        if not isinstance(plain, dict):
            refuse(plain, "wrong_type", "a table")
        problems = Problems()
        problems.add(*unknown_keys(plain, {"low", "high", "cite", "status"}))
        problems.done()
        return self.codec.read({**plain, "levels": list(self.risk_levels)}, Apart)

    def _dosage(self, plain: object) -> Versions[DosageTable]:
        if not isinstance(plain, dict):
            refuse(plain, "wrong_type", "a table")
        problems = Problems()
        problems.add(*unknown_keys(plain, {"versions"}))
        if "versions" not in plain:
            problems.add(missing_key("versions"))
        listed = plain.get("versions", [])
        versions = problems.at("versions", read_versions, listed, self._said, self._table)
        problems.done()
        return Versions(name="dosage", versions=versions)

    def _table(self, table: dict[str, Any]) -> tuple[DosageTable, About]:
        problems = Problems()
        problems.add(*unknown_keys(table, {"rows", "gap", "in_force", "cite", "status"}))
        listed: type[tuple[DosageRow, ...]] = tuple[DosageRow, ...]
        rows = problems.at("rows", self.codec.read, table.get("rows", []), listed)
        about = problems.at("", self._said.read, table, states=True)
        problems.done()
        return DosageTable(levels=self.risk_levels, rows=rows), about


def needs_problems(
    policy: RnrPolicy, glossary: Glossary, programs: Iterable[str]
) -> Iterator[Problem]:
    """The problems of words in the policy that the country does not have."""
    domains, levels = codes(glossary.need_domains), codes(glossary.need_levels)
    counted = policy.dosage.criminogenic
    if counted is not None:
        yield from _unknown(counted.domains, domains, "criminogenic.domains")
        yield from _unknown([counted.count_from], levels, "criminogenic.count_from")
    for index, one in enumerate(policy.sequence.classes):
        path = f"sequence.classes[{index}]"
        yield from _unknown(one.domains, domains, f"{path}.domains")
        yield from _unknown(one.areas, codes(glossary.areas), f"{path}.areas")
        yield from _unknown(one.programs, tuple(programs), f"{path}.programs")
        if one.open_from is not None:
            yield from _unknown([one.open_from], levels, f"{path}.open_from")


def _unknown(said: Iterable[str], allowed: tuple[str, ...], path: str) -> Iterator[Problem]:
    for code in sorted(set(said) - set(allowed)):
        yield Problem.of(code, "unknown_value", one_of(allowed, code), path=path)

"""The risk, need and responsivity policy of a country pack: dosage, sequence, who is kept apart."""

from collections.abc import Iterable, Mapping
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
from rehabcore.rules.sources import Status, citing_faults
from rehabcore.strict.problems import Problem, Problems, fault, missing_key, shown, unknown_keys
from rehabcore.strict.structure import Codec
from rehabcore.strict.vocabulary import ProgramId


@frozen(kw_only=True)
class RnrReader:
    """Reads ``rnr.toml`` in the words of one country.

    ``sources`` is the status of each source that may be cited, ``programs`` are the ids of the
    catalogue.
    """

    codec: Codec
    sources: Mapping[str, Status]
    glossary: Glossary
    programs: tuple[ProgramId, ...]

    def read(self, table: Mapping[str, Any]) -> RnrPolicy:
        """The policy that the file states.

        Raises:
            InputError: every problem, with its path.
        """
        parts = {
            "criminogenic": self._criminogenic,
            "dosage": self._dosage,
            "homework": self._homework,
            "sequence": self._sequence,
            "apart": self._apart,
        }
        problems = Problems()
        problems.found.extend(unknown_keys(table, parts))
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

    @property
    def _risk_levels(self) -> tuple[str, ...]:
        return codes(self.glossary.risk_levels)

    def _criminogenic(self, plain: object) -> Criminogenic:
        read = self.codec.read(plain, Criminogenic)
        problems = Problems()
        problems.found.extend(self._domains(read.domains, "domains"))
        problems.found.extend(self._need_level(read.count_from, "count_from"))
        problems.found.extend(self._citing(read, ""))
        problems.done()
        return read

    def _homework(self, plain: object) -> Homework:
        read = self.codec.read(plain, Homework)
        problems = Problems()
        problems.found.extend(self._citing(read, ""))
        problems.done()
        return read

    def _sequence(self, plain: object) -> SequencePolicy:
        read = self.codec.read(plain, SequencePolicy)
        problems, areas = Problems(), codes(self.glossary.areas)
        for index, one in enumerate(read.classes):
            path = f"classes[{index}]"
            problems.found.extend(self._domains(one.domains, f"{path}.domains"))
            problems.found.extend(_unknown(one.areas, areas, f"{path}.areas"))
            problems.found.extend(_unknown(one.programs, self.programs, f"{path}.programs"))
            if one.open_from is not None:
                problems.found.extend(self._need_level(one.open_from, f"{path}.open_from"))
            problems.found.extend(self._citing(one, path))
        problems.done()
        return read

    def _apart(self, plain: object) -> Apart:
        if not isinstance(plain, dict):
            fault(plain, "wrong_type", "a table")
        problems = Problems()
        problems.found.extend(unknown_keys(plain, {"low", "high", "cite", "status"}))
        problems.done()
        read = self.codec.read({**plain, "levels": list(self._risk_levels)}, Apart)
        problems.found.extend(self._citing(read, ""))
        problems.done()
        return read

    def _dosage(self, plain: object) -> Versions[DosageTable]:
        if not isinstance(plain, dict):
            fault(plain, "wrong_type", "a table")
        problems = Problems()
        problems.found.extend(unknown_keys(plain, {"versions"}))
        if "versions" not in plain:
            problems.found.append(missing_key("versions"))
        listed = plain.get("versions", [])
        versions = problems.at("versions", read_versions, listed, self._said, self._table)
        problems.done()
        return Versions(name="dosage", versions=versions)

    def _table(self, table: dict[str, Any]) -> tuple[DosageTable, About]:
        problems = Problems()
        problems.found.extend(unknown_keys(table, {"rows", "gap", "in_force", "cite", "status"}))
        listed: type[tuple[DosageRow, ...]] = tuple[DosageRow, ...]
        rows = problems.at("rows", self.codec.read, table.get("rows", []), listed)
        about = problems.at("", self._said.read, table, states=True)
        problems.done()
        return DosageTable(levels=self._risk_levels, rows=rows), about

    # --- words and citations --------------------------------------------------------------

    def _domains(self, domains: Iterable[str], path: str) -> Iterable[Problem]:
        return _unknown(domains, codes(self.glossary.need_domains), path)

    def _need_level(self, level: str, path: str) -> Iterable[Problem]:
        return _unknown([level], codes(self.glossary.need_levels), path)

    def _citing(self, stated: Any, path: str) -> Iterable[Problem]:
        faults = citing_faults(stated.status, stated.cite, self.sources)
        return [problem.below(path) for problem in faults]


def _unknown(said: Iterable[str], allowed: tuple[str, ...], path: str) -> Iterable[Problem]:
    expected = f"one of {', '.join(allowed)}"
    return [
        Problem(code="unknown_value", path=path, found=shown(code), expected=expected)
        for code in sorted(set(said) - set(allowed))
    ]

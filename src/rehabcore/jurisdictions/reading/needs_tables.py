"""The risk, need and responsivity policy of a country pack: dosage, sequence, who is kept apart."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from attrs import evolve

from rehabcore.care.needs.dosage import Criminogenic, DosagePolicy, DosageRow, DosageTable, Homework
from rehabcore.care.needs.groups import Apart
from rehabcore.care.needs.policy import RnrPolicy
from rehabcore.care.needs.sequence import SequencePolicy
from rehabcore.jurisdictions.country import Jurisdiction
from rehabcore.jurisdictions.reading.overlays import unknown
from rehabcore.records.glossary import Glossary, codes
from rehabcore.rules.criteria import About
from rehabcore.rules.data.about_forms import AboutReader
from rehabcore.rules.data.version_forms import read_versions
from rehabcore.rules.law.versions import Versions
from rehabcore.rules.sources import Status
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, Problems, missing_key, refuse, unknown_keys
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
        parts: dict[str, Callable[[object], object]] = {
            "criminogenic": partial(self.codec.read, wanted=Criminogenic),
            "dosage": self._dosage,
            "homework": partial(self.codec.read, wanted=Homework),
            "sequence": partial(self.codec.read, wanted=SequencePolicy),
            "apart": self._apart,
        }
        problems = Problems(*unknown_keys(table, parts))
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

    def _apart(self, plain: object) -> Apart:
        if not isinstance(plain, dict):
            refuse(plain, "wrong_type", "a table")
        Problems(*unknown_keys(plain, {"low", "high", "cite", "status"})).done()
        return self.codec.read({**plain, "levels": list(self.risk_levels)}, Apart)

    def _dosage(self, plain: object) -> Versions[DosageTable]:
        if not isinstance(plain, dict):
            refuse(plain, "wrong_type", "a table")
        problems = Problems(*unknown_keys(plain, {"versions"}))
        if "versions" not in plain:
            problems.add(missing_key("versions"))
        listed = plain.get("versions", [])
        versions = problems.at("versions", read_versions, listed, self._said, self._table)
        problems.done()
        return Versions(name="dosage", versions=versions)

    def _table(self, table: dict[str, Any]) -> tuple[DosageTable, About]:
        problems = Problems(*unknown_keys(table, {"rows", "gap", "in_force", "cite", "status"}))
        listed: type[tuple[DosageRow, ...]] = tuple[DosageRow, ...]
        rows = problems.at("rows", self.codec.read, table.get("rows", []), listed)
        about = problems.at("", self._said.read, table, states=True)
        problems.done()
        return DosageTable(levels=self.risk_levels, rows=rows), about


def with_subdomains(policy: RnrPolicy, glossary: Glossary) -> RnrPolicy:
    """The policy with the parts of each domain beside it: what serves one is work on the domain."""

    def grown(domains: frozenset[str]) -> frozenset[str]:
        return domains.union(*(glossary.subdomains_of(domain) for domain in domains))

    counted = policy.dosage.criminogenic
    if counted is not None:
        counted = evolve(counted, domains=grown(counted.domains))
    classes = [evolve(one, domains=grown(one.domains)) for one in policy.sequence.classes]
    return evolve(
        policy,
        dosage=evolve(policy.dosage, criminogenic=counted),
        sequence=SequencePolicy(classes=tuple(classes)),
    )


def needs_problems(country: Jurisdiction) -> Iterator[Problem]:
    """The problems of words in the policy that the country does not have."""
    policy, glossary = country.rnr_policy, country.glossary
    programs = [program.program_id for program in country.programs]
    domains = (*codes(glossary.need_domains), *codes(glossary.need_subdomains))
    levels = codes(glossary.need_levels)
    counted = policy.dosage.criminogenic
    if counted is not None:
        yield from unknown(counted.domains, domains, "criminogenic.domains")
        yield from unknown([counted.count_from], levels, "criminogenic.count_from")
    for index, one in enumerate(policy.sequence.classes):
        path = f"sequence.classes[{index}]"
        yield from unknown(one.domains, domains, f"{path}.domains")
        yield from unknown(one.areas, codes(glossary.areas), f"{path}.areas")
        yield from unknown(one.programs, programs, f"{path}.programs")
        if one.open_from is not None:
            yield from unknown([one.open_from], levels, f"{path}.open_from")

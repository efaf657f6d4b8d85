"""What the rules of the benchmark ask: 26 facts, as the library declares them."""

from rehabcore.rules.criteria import Asked, ask
from rehabcore.rules.facts import Fact, Parameter, Shape

PROGRAMS = tuple(f"p{number:02}" for number in range(1, 26))
RISKS = ("low", "medium", "high", "very_high")
LEVELS = ("none", "some", "strong", "severe")
SCHOOLING = ("none", "primary", "secondary", "higher")
SETTINGS = ("custody", "community", "hospital", "residential")
REGIONS = ("north", "south", "east", "west", "centre")
LANGUAGES = ("xa", "xb", "xc", "xd")
OFFENCES = ("property", "violent", "sexual", "drugs", "traffic", "fraud")


def _fact(name: str, shape: Shape, *codes: str, **parameters: tuple[str, ...]) -> Fact:
    return Fact(
        name=name,
        shape=shape,
        about=f"Of the benchmark: {name}.",
        codes=codes,
        parameters=tuple(Parameter(name=n, codes=given) for n, given in parameters.items()),
    )


_NEED = _fact("need", Shape.LEVEL, *LEVELS, domain=("thinking", "work", "family"))
_SCORE = _fact("score", Shape.COUNT, domain=("drugs", "alcohol", "violence"))
_CONSENT = _fact("consent", Shape.FLAG, purpose=("treatment", "group", "sharing"))

FACTS: dict[str, Asked] = {
    "age": ask(_fact("age", Shape.ELAPSED)),
    "supervised": ask(_fact("supervised", Shape.ELAPSED)),
    "remaining": ask(_fact("remaining", Shape.REMAINING)),
    "sex": ask(_fact("sex", Shape.CHOICE, "female", "male")),
    "setting": ask(_fact("setting", Shape.CHOICE, *SETTINGS)),
    "region": ask(_fact("region", Shape.CHOICE, *REGIONS)),
    "risk": ask(_fact("risk", Shape.LEVEL, *RISKS)),
    "schooling": ask(_fact("schooling", Shape.LEVEL, *SCHOOLING)),
    "need_thinking": ask(_NEED, domain="thinking"),
    "need_work": ask(_NEED, domain="work"),
    "need_family": ask(_NEED, domain="family"),
    "score_drugs": ask(_SCORE, domain="drugs"),
    "score_alcohol": ask(_SCORE, domain="alcohol"),
    "score_violence": ask(_SCORE, domain="violence"),
    "breaches": ask(_fact("breaches", Shape.COUNT)),
    "children": ask(_fact("children", Shape.COUNT)),
    "languages": ask(_fact("languages", Shape.SET, *LANGUAGES)),
    "offences": ask(_fact("offences", Shape.SET, *OFFENCES)),
    "enrolled": ask(_fact("enrolled", Shape.SET, *PROGRAMS)),
    "completed_within_year": ask(_fact("completed_within_year", Shape.SET, *PROGRAMS)),
    "consent_treatment": ask(_CONSENT, purpose="treatment"),
    "consent_group": ask(_CONSENT, purpose="group"),
    "consent_sharing": ask(_CONSENT, purpose="sharing"),
    "employed": ask(_fact("employed", Shape.FLAG)),
    "housed": ask(_fact("housed", Shape.FLAG)),
    "fit": ask(_fact("fit", Shape.FLAG)),
}
"""By the name that every engine knows it under."""

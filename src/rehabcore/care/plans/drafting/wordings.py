"""The wordings of goals and steps of a draft, in the languages in which their titles are known."""

from functools import lru_cache

from rehabcore.rules.sources import Text

OURS = frozenset({"ka"})
"""The languages of which the wording is this project's own translation."""
ASSESS = Text(
    wordings=(("en", "Assess the needs that are not known"), ("ka", "შეფასდეს უცნობი საჭიროებები")),
    drafts=OURS,
)
ASSESS_ANEW = Text(
    wordings=(
        ("en", "Assess anew: the last assessment no longer holds"),
        ("ka", "ხელახლა შეფასდეს: წინა შეფასება აღარ მოქმედებს"),
    ),
    drafts=OURS,
)
ASSESS_RISK = Text(wordings=(("en", "Assess the risk"), ("ka", "შეფასდეს რისკი")), drafts=OURS)
ASSESS_RISK_ANEW = Text(
    wordings=(("en", "Assess the risk anew"), ("ka", "ხელახლა შეფასდეს რისკი")), drafts=OURS
)
DECIDE_CONTEST = Text(
    wordings=(
        ("en", "Decide on the assessment that the person contests"),
        ("ka", "გადაწყდეს შეფასება, რომელსაც პირი ასაჩივრებს"),
    ),
    drafts=OURS,
)
KNOW_THE_NEEDS = Text(
    wordings=(("en", "Know the needs and the risk"), ("ka", "საჭიროებებისა და რისკის ცოდნა")),
    drafts=OURS,
)
KNOW_THE_RELEASE = Text(
    wordings=(("en", "Know the day of release"), ("ka", "გათავისუფლების დღის ცოდნა")), drafts=OURS
)
ASK_RELEASE = Text(
    wordings=(
        ("en", "Find out when the person leaves: the day that was told has passed"),
        ("ka", "დადგინდეს გათავისუფლების დღე: მითითებული დღე უკვე გავიდა"),
    ),
    drafts=OURS,
)
FIND_AN_OFFICE = Text(
    wordings=(
        ("en", "Find an office that takes over on release"),
        ("ka", "მოიძებნოს ორგანო, რომელიც გათავისუფლებისას მიიღებს საქმეს"),
    ),
    drafts=OURS,
)
OWN_GOAL = Text(
    wordings=(("en", "A goal of the person's own"), ("ka", "პირის საკუთარი მიზანი")), drafts=OURS
)
AGREE_HOW = Text(
    wordings=(
        ("en", "Agree with the person on the way there"),
        ("ka", "პირთან შეთანხმდეს, როგორ მიაღწიოს მიზანს"),
    ),
    drafts=OURS,
)
MOST_WORDINGS = 4_096
"""For how many titles of programmes the wordings of their steps are kept."""
_DECIDE = {"en": "Decide on a place: {title}", "ka": "გადაწყდეს ჩართვა: {title}"}
_TAKE_PART = {"en": "Take part: {title}", "ka": "მონაწილეობა: {title}"}
_ASK_ABOUT_DUTY = {
    "en": "Ask the authority that ordered it what is to be done: {title}",
    "ka": "დაზუსტდეს დამკისრებელ ორგანოსთან, რა უნდა გაკეთდეს: {title}",
}
_ASK_CONSENT = {"en": "Ask for consent: {title}", "ka": "მოთხოვნილ იქნეს თანხმობა: {title}"}

_FIND_PART = {
    "en": "Find out in which part the need lies: {title}",
    "ka": "დადგინდეს, რომელ ნაწილშია საჭიროება: {title}",
}


@lru_cache(maxsize=MOST_WORDINGS)
def find_part_of(title: Text) -> Text:
    """That somebody finds out in which part of a need domain of this title the need lies."""
    return _worded(_FIND_PART, title)


@lru_cache(maxsize=MOST_WORDINGS)
def decide_on(title: Text) -> Text:
    """That somebody decides on a place in a programme of this title."""
    return _worded(_DECIDE, title)


@lru_cache(maxsize=MOST_WORDINGS)
def ask_about_duty(title: Text) -> Text:
    """That somebody asks who imposed a duty of this title how it is to be fulfilled."""
    return _worded(_ASK_ABOUT_DUTY, title)


@lru_cache(maxsize=MOST_WORDINGS)
def take_part_in(title: Text) -> Text:
    """That the person takes part in a programme of this title."""
    return _worded(_TAKE_PART, title)


@lru_cache(maxsize=MOST_WORDINGS)
def ask_consent_to(title: Text) -> Text:
    """That somebody asks the person for consent to a programme of this title."""
    return _worded(_ASK_CONSENT, title)


def _worded(forms: dict[str, str], title: Text) -> Text:
    """A form with a title, in the languages of the title; in English whatever its language."""
    spoken = [language for language in sorted(forms) if language in title.languages()] or ["en"]
    return Text(
        wordings=tuple((one, forms[one].format(title=title.in_language(one)[0])) for one in spoken),
        drafts=OURS.intersection(spoken) | title.drafts.intersection(spoken),
    )

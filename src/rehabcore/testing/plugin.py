"""The plugin of pytest: the laws and golden cases of a country as tests.

    pytest --rehabcore-country packs/mine
    pytest --rehabcore-country packs/mine --rehabcore-update

pytest loads it in every run, so it imports nothing until one of its options is given.
"""

TYPE_CHECKING = False  # type checkers read it as true

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: "pytest.Parser") -> None:
    """Add the options."""
    group = parser.getgroup("rehabcore")
    group.addoption(
        "--rehabcore-country",
        metavar="PATH",
        action="append",
        default=[],
        help="also test the laws and golden cases of this country pack; may be given again",
    )
    group.addoption(
        "--rehabcore-update",
        action="store_true",
        help="write the golden cases that fail as they are answered, and tell the difference",
    )


def pytest_collection_modifyitems(
    session: "pytest.Session", config: "pytest.Config", items: "list[pytest.Item]"
) -> None:
    """Add the tests of each country that is named."""
    for which in config.getoption("rehabcore_country"):
        from rehabcore.testing.laws.items import country_items

        update = config.getoption("rehabcore_update")
        items.extend(country_items(session, which, update=update))

"""The commands ``instruments list``, ``show`` and ``check``."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rehabcore import instruments
from rehabcore.commands.files import put, put_text
from rehabcore.commands.options import add_below, add_form
from rehabcore.instruments import Instrument
from rehabcore.reports import Format
from rehabcore.strict.documents import write_toml
from rehabcore.strict.problems import Problems, refuse

_SUFFIX = ".toml"


def add(parser: argparse.ArgumentParser, _: str) -> None:
    """Add the commands below ``instruments``."""
    below = add_below(parser)
    command = below.add_parser("list", help="the instruments and reference models that come along")
    command.set_defaults(run=_list)
    command = below.add_parser("show", help="items, scales, bands, sources, licence")
    add_instrument(command)
    add_form(command, [*Format, "json", "toml"])
    command.set_defaults(run=_show)
    command = below.add_parser("check", help="read instruments of your own")
    command.add_argument("path", metavar="PATH", help="a TOML file, or a folder of them")
    command.set_defaults(run=_check)


def add_instrument(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names an instrument."""
    parser.add_argument(
        "name", metavar="NAME", help=f"of the library, or the path of a file, ending in {_SUFFIX}"
    )
    parser.add_argument("--profile", metavar="ID", help="which of several figures")


def instrument_of(options: argparse.Namespace) -> Instrument:
    """An instrument of the library by its name, or one of the user's own from a file.

    Raises:
        InputError: there is no instrument of that name or profile, or the file is bad.
        OSError: there is no such file.
    """
    name, profile = options.name, options.profile
    if not name.endswith(_SUFFIX):
        return instruments.find(f"{name}@{profile}" if profile else name)
    found = _load(Path(name))
    if profile not in (None, found.profile):
        expected = f'the profile of the file, "{found.profile}"' if found.profile else "no profile"
        refuse(profile, "unknown_value", expected, path="profile")
    return found


def _load(path: Path) -> Instrument:
    path.stat()  # a file that is not there is no bad instrument
    return instruments.load_instrument(path)


def _list(_: argparse.Namespace) -> None:
    found = [instruments.find(name) for name in instruments.names()]
    for instrument in found:
        if not instrument.reference_model:
            sys.stdout.write(_line(instrument))
    sys.stdout.write("Reference models, used only when asked for by name:\n")
    for instrument in found:
        if instrument.reference_model:
            sys.stdout.write(_line(instrument))


def _line(instrument: Instrument) -> str:
    tiers = ", ".join(sorted({origin.tier.value for origin in instrument.origins}))
    about = (
        instrument.validity.population,
        instrument.licence.licence_class.value,
        f"tier {tiers}",
        instrument.status.value,
    )
    return f"{instrument.name}: {instrument.title} [{'; '.join(about)}]\n"


def _show(options: argparse.Namespace) -> None:
    shown = instrument_of(options)
    if options.format == "toml":
        put_text(write_toml(instruments.to_plain(shown)), options)
    elif options.format == "json":
        plain = instruments.to_plain(shown)
        text = json.dumps(plain, ensure_ascii=False, indent=2, default=date.isoformat)
        put_text(f"{text}\n", options)
    else:
        put(shown, options)


def _check(options: argparse.Namespace) -> None:
    path = Path(options.path)
    paths = sorted(path.rglob(f"*{_SUFFIX}")) if path.is_dir() else [path]
    if not paths:
        refuse(paths, "missing_file", f"a file that ends in {_SUFFIX}", path=path.name)
    sys.stdout.write("".join(_checked(paths)))


def _checked(paths: list[Path]) -> Iterator[str]:
    """A line for each instrument.

    Raises:
        InputError: names the problems of all instruments, before any line.
    """
    problems, found = Problems(), []
    for path in paths:
        found.append(problems.at("", _load, path))
    problems.done()
    for made in found:
        items = sum(len(group.numbers) for group in made.items)
        yield f"{made.name}: sound, {items} items, {len(made.scales)} scales\n"

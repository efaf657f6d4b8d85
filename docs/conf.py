"""How Sphinx builds these pages. Nothing is fetched, so a build needs no network."""

import importlib
import importlib.metadata
import sys

from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import rehabcore

project = "rehabcore"
release = importlib.metadata.version("rehabcore")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"rehabcore {release}"

default_role = "code"  # docstrings write `names` as Markdown does
autodoc_default_options = {"members": True, "undoc-members": True, "member-order": "bysource"}
napoleon_custom_sections = ["Source"]
myst_enable_extensions = ["deflist"]  # the glossary
myst_heading_anchors = 3

# References into rehabcore must resolve. Types from elsewhere, and type variables, have no page.
elsewhere = "|".join(sorted(sys.stdlib_module_names | {"attr", "attrs", "cattrs", "dateutil"}))
nitpick_ignore_regex = [
    ("py:.*", rf"({elsewhere})\..*"),
    ("py:class", r"(rehabcore\..*\.)?[A-Z](_co|_contra)?"),
]


def told_at() -> dict[str, str]:
    """Where each public name is told: by the name itself, and by where it is defined."""
    found: dict[str, str] = {}
    for wing in sorted(set(dir(rehabcore)) - set(rehabcore.__all__)):
        module = importlib.import_module(f"rehabcore.{wing}")
        for name in module.__all__:
            one, place = getattr(module, name), f"rehabcore.{wing}.{name}"
            home = getattr(one, "__module__", "")
            found[f"{home}.{getattr(one, '__qualname__', name)}"] = place
            found.setdefault(name, place)
    return found


TOLD_AT = told_at()


def link_public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> Element | None:
    """Link a name to the wing that offers it. A name of ours that none offers is only shown."""
    target = node.get("reftarget", "")
    if node.get("refdomain") != "py":
        return None
    place = TOLD_AT.get(target) or TOLD_AT.get(target.rpartition(".")[2])
    if place is not None:
        domain, doc = env.domains.python_domain, node["refdoc"]
        return domain.resolve_xref(env, doc, app.builder, "obj", place, node, contnode) or contnode
    inside = [module for name, module in sys.modules.items() if name.startswith("rehabcore.")]
    ours = target.startswith("rehabcore.") or any(hasattr(module, target) for module in inside)
    return contnode if ours else None


def keep_colons(  # noqa: PLR0917  Sphinx calls it so
    app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]
) -> None:
    """Keep napoleon from reading ``Words: more`` under an attribute as a type and its meaning."""
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]  # an empty comment: napoleon looks at the first line only


def setup(app: Sphinx) -> None:
    """Take part in the build."""
    app.connect("missing-reference", link_public_name)
    app.connect("autodoc-process-docstring", keep_colons, priority=400)  # napoleon comes at 500

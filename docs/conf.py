"""How Sphinx builds these pages. Nothing is fetched, so a build needs no network."""

import importlib.metadata
import sys

from docutils.nodes import Element, reference
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

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


def link_type_alias(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> reference | None:
    """Link a type that is not a class, such as a union with a name of its own."""
    if node.get("refdomain") != "py" or node["reftype"] != "class":
        return None
    node["refspecific"] = True  # signatures quote the bare name, wherever it was defined
    return env.domains.python_domain.resolve_xref(
        env, node["refdoc"], app.builder, "data", node["reftarget"], node, contnode
    )


def keep_colons(  # noqa: PLR0917  Sphinx calls it so
    app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]
) -> None:
    """Keep napoleon from reading ``Words: more`` under an attribute as a type and its meaning."""
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]  # an empty comment: napoleon looks at the first line only


def setup(app: Sphinx) -> None:
    """Take part in the build."""
    app.connect("missing-reference", link_type_alias)
    app.connect("autodoc-process-docstring", keep_colons, priority=400)  # napoleon comes at 500

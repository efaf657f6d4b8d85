"""rehabcore: decide, explain and prove the rules of rehabilitation.

The rooms of the library are its modules, imported when they are needed; start with
``from rehabcore import casework, codec, jurisdictions``.
"""

from rehabcore.strict.version import __version__

__all__ = ["__version__"]

"""rehabcore: decide, explain and prove the rules of rehabilitation.

The rooms of the library are its modules; start at ``rehabcore.casework``.
"""

from rehabcore import casework, codec, errors, jurisdictions, records
from rehabcore.version import __version__

__all__ = ["__version__", "casework", "codec", "errors", "jurisdictions", "records"]

"""The version of the library, stamped on every result."""

__version__ = "0.1.0"

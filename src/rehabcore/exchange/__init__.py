"""Case files, results, decisions and scores as JSON."""

from rehabcore.exchange.envelopes import SCHEMAS, Document, canonical, content_hash, read, write

__all__ = ["SCHEMAS", "Document", "canonical", "content_hash", "read", "write"]

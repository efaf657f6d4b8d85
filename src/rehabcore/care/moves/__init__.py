"""Moves between settings: who is accountable before and after, and what is handed over.

A move is one act. On one day the person's placement and legal status change, and every open step of
the plan goes along. The other office is accountable once it has accepted. ``rules`` says which
kinds of moves a country knows, ``requests`` whether one is allowed, ``recording`` what it files.
``progress`` tells where a transition stands, ``responsibility`` which office is accountable.
``made_moves`` is what goes along with a move itself, ``packages`` everything that crosses to a
recipient, of whom ``recipients`` and ``withholding`` say what they may see.
"""

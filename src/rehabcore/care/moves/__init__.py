"""Moves between settings: who is accountable before and after, and what is handed over.

A move is one act. On one day the person's placement and legal status change, accountability passes
from one office to another, and every open step of the plan is handed over. ``rules`` says which
kinds of moves a country knows, ``requests`` whether one is allowed, ``recording`` what it files,
``responsibility`` which office is accountable, ``hand_over`` what crosses.
"""

"""Drafting: the best plan that can be made from what is known of a person.

``options`` are what can be chosen, in numbers; ``merit`` says which of two drafts is better, and
``choosing`` finds the best.
"""

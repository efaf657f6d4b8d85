"""Plans: what they say, the book in which they are kept, and what always holds of them."""

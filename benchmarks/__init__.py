"""How fast the library answers, side by side with hand-written code and with other engines."""

"""The kinds of people for whom two rules differ, found among all that their comparisons tell."""

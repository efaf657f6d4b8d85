"""The commands of the command line: how each is called, and which verb it calls."""

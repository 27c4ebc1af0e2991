"""The command line: each job in a room of its own, none of which needs a screen."""

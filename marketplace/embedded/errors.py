"""What can go wrong before a server answers."""


class UnableToStart(Exception):
    """A start that was refused; the message is one sentence for the person at the terminal, saying what to do."""

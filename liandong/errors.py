"""What the front door tells instead of a stack trace. Imports nothing: a worker patches before anything else is
loaded."""


class SuiteError(Exception):
    """Why the suite cannot do it: one clear line."""

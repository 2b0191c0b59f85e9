"""The root of the errors that a person may read."""


class Refusal(Exception):
    """Something was asked that the rules refuse.

    The message is in the reader's language, says what was wrong and what to do, and is safe to show.
    Rooms name their own refusals as subclasses ("NotIndependent", "EvidenceMissing").
    """

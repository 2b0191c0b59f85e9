"""Finding the organisation that is meant by a name as people write it. How it works: docs/matching.md."""

from samtall.parties.matching.asking import Candidate, Finding, Sought, Verdict
from samtall.parties.matching.finding import find, find_one, suggest
from samtall.parties.matching.reasons import Reason

__all__ = ["Candidate", "Finding", "Reason", "Sought", "Verdict", "find", "find_one", "suggest"]

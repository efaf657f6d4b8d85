"""Risk, need and responsivity: what is known of needs, and what follows for a programme of work.

``needs`` tells the needs of a person, ``risks`` the risk, ``score_change`` how far a score moved,
``dosage`` how many hours are called for and were given, ``sequencing`` what comes first, ``groups``
who is kept apart. ``policy`` holds what a country says of all of it. The room stands above
``questions``, so that a profile reads the facts that rules read, and above ``programs``, which it
puts in order.
"""

from rehabcore.care.needs.policy import RnrPolicy
from rehabcore.care.needs.profile import NeedCount, NeedSeen, NeedsProfile, profile

__all__ = ["NeedCount", "NeedSeen", "NeedsProfile", "RnrPolicy", "profile"]

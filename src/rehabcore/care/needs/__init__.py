"""Risk, need and responsivity: what is known of needs, and which programme of work follows.

``profile`` tells the needs of a person, ``risks`` the risk, ``change`` how far a score moved,
``dosage`` how many hours are called for and were given, ``sequence`` what comes first, ``groups``
who is kept apart. ``policy`` holds the policy of a country on all of it. This room reads
``questions``, so a profile rests on the same facts as rules do, and ``programs``, which it puts in
order.
"""

from rehabcore.care.needs.policy import RnrPolicy
from rehabcore.care.needs.profile import NeedCount, NeedSeen, NeedsProfile, SubdomainSeen, profile

__all__ = ["NeedCount", "NeedSeen", "NeedsProfile", "RnrPolicy", "SubdomainSeen", "profile"]

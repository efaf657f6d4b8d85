"""Laws of what a team writes itself, each of which becomes a test.

    from rehabcore.testing import laws

    test_country = laws.as_test(laws.for_country("xx"))

Each test says in its id which law it is about, and tells a counter-example if it fails. What is not
proved, or need not hold, is skipped with the reason.
"""

from rehabcore.testing.laws.countries import for_country as for_country
from rehabcore.testing.laws.instruments import for_instrument as for_instrument
from rehabcore.testing.laws.law import Law as Law
from rehabcore.testing.laws.law import NotShown as NotShown
from rehabcore.testing.laws.law import as_test as as_test
from rehabcore.testing.laws.plans import for_plan_policy as for_plan_policy
from rehabcore.testing.laws.rules import for_criteria as for_criteria
from rehabcore.testing.laws.stores import for_codec as for_codec
from rehabcore.testing.laws.stores import for_store as for_store

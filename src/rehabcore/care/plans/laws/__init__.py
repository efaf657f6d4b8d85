"""Laws of plans: what always holds, said as data, and the functions that look for breaches."""

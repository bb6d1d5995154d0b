"""What holds for every test: no example of hypothesis is held against the clock.

Its limit of 200 ms, and the one for drawing, fail on a machine on which others work, and the
first example often compiles a schema or makes a key besides. What must be quick has a test of its
own, in CPU time. The rest is inherited: where `CI` is set, the same examples in every run.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

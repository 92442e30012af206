"""The settings profile of long property runs; loaded by name into pytest."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

PROFILE = "soak"
settings.register_profile(
    PROFILE, max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)

"""Fixtures of the scheduler's tests."""

from __future__ import annotations

import pytest

from tests.scheduler.alat import Jam


@pytest.fixture
def jam(monkeypatch: pytest.MonkeyPatch) -> Jam:
    """Give a wall clock that the test may set, looked at often."""
    monkeypatch.setattr("zi_workflow.scheduler.runner.DETAK", 0.01)
    return Jam(monkeypatch)

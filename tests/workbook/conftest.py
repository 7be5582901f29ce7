"""What the tests of workbooks share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from zi_workflow.workbook.sandbox import Pembaca


@pytest.fixture(scope="module")
def pembaca() -> Iterator[Pembaca]:
    """Give one reader for all the bad workbooks of a module: it survives each of them."""
    with Pembaca() as satu:
        yield satu

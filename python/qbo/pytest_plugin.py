"""The fixture ``certified`` of pytest."""

from __future__ import annotations

from typing import Callable

import pytest

from .enclosure import Enclosure
from .testing import assert_certified


@pytest.fixture(scope="session")
def certified() -> Callable[..., Enclosure]:
    """`qbo.testing.assert_certified`."""
    return assert_certified

"""What the tests of this kind share."""

from samtall.kinds.tests.conftest import organisations, record  # noqa: F401 - fixtures

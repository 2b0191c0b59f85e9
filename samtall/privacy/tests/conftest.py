"""Åse, who has left traces in every room."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from samtall.activities.models import Activity
from samtall.config.prove import somebody
from samtall.config.prove.somebody import Region
from samtall.figures.operations import ensure_catalogue

AT = datetime(2017, 7, 1, 12, tzinfo=UTC)
NAME, EMAIL = "Åse Trædal", "ase.traedal@student.example.org"


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of one's own, where the list of erasures is kept."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def region(db: None, data: Path) -> Region:
    ensure_catalogue(by="system:test", at=AT)
    return somebody.make_region(at=AT)


@pytest.fixture
def thesis(region: Region) -> Activity:
    return somebody.live(region, NAME, EMAIL, at=AT)

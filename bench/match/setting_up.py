"""Django, with a data folder of its own."""

import os
import tempfile
from pathlib import Path


def set_up(folder: Path | None = None) -> Path:
    """Set Django up with a data folder that is nobody's, on SQLite or the PostgreSQL of DATABASE_URL; the folder."""
    import django

    folder = folder or Path(tempfile.mkdtemp(prefix="samtall-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "samtall.config.settings"
    os.environ["SAMTALL_DATA"] = str(folder)
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'samtall.sqlite3'}"
    django.setup()
    return folder

"""Size classes by employees, as Statistics Norway cuts them; the register withholds counts below five."""

SIZE_CLASSES = ("0-4", "5-9", "10-19", "20-49", "50-99", "100-249", "250+")
_LEAST = (0, 5, 10, 20, 50, 100, 250)


def size_class(employees: int) -> str:
    """The class that a number of employees falls in."""
    return next(name for name, least in reversed(list(zip(SIZE_CLASSES, _LEAST, strict=True))) if employees >= least)

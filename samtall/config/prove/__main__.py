"""`python -m samtall.config.prove NAME SIZE LANGUAGE [WEAKNESS]` tries one proof on the database of its environment.

`samtall prove` starts it, on a database that is thrown away; by itself it would try on the installation's own.
"""

import sys


def main() -> int:
    import django
    from django.utils import translation

    django.setup()
    from samtall.config.prove.trying import in_this_process

    name, size, language, *weakness = sys.argv[1:]
    with translation.override(language):
        return in_this_process(name, "small" if size == "small" else "full", *weakness)


if __name__ == "__main__":
    sys.exit(main())

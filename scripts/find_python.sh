#!/bin/sh
# Prints a Python that is new enough and complete, or says in clear words that there is none.
# Usage: find_python.sh [PYTHON], where PYTHON is the only one to try.
fit='import sys, ensurepip, sqlite3, ssl; sys.exit(sys.version_info < (3, 11))'

# the one that the virtual environment was made with comes first
made_with=$(sed -n 's/^executable = //p' .venv/pyvenv.cfg 2>/dev/null)

for python in ${1:-$made_with python3.13 python3.12 python3.11 python3.14 python3 python}; do
    # a name may be found and yet not run, as pyenv's shims of versions that are not chosen
    if "$python" -c "$fit" 2>/dev/null; then
        echo "$python"
        exit 0
    fi
done

{
    echo "Samtall trenger Python 3.11 eller nyere. Installer det (på Debian og Ubuntu: apt-get install python3 python3-venv),"
    echo "eller si hvor det er: make run PYTHON=/sti/til/python3.12"
    echo "Samtall needs Python 3.11 or newer. Install it (on Debian and Ubuntu: apt-get install python3 python3-venv),"
    echo "or say where it is: make run PYTHON=/path/to/python3.12"
    for python in ${1:-python3}; do
        echo "Funnet / found: $python: $("$python" --version 2>&1 | head -n 1)"
    done
} >&2
exit 1

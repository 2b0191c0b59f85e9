"""Showing that what we promise holds, by trying it: `samtall prove`.

Each proof is a module here with one `PROOF`, named in `registry.py`. It runs in a process of its own on a throw-away
database, so it may break what it likes. docs/prove.md says what each shows, and what was measured.
"""

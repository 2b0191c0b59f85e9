"""Measures Samtall beside a peer: `make bench`. What came out, and how to read it, is in docs/performance.md."""

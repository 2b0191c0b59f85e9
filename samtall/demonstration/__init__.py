"""A made-up region to try Samtall on: everything in it is invented, and everything in it is labelled so."""

"""Pages of figures: read, made, compared, taken away as files."""

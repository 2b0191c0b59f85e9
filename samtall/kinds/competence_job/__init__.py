"""A position that requires higher education: filled, lost or moved, over the employer's baseline (R14)."""

"""Pages of publications: read by everybody, and made by those who compose and approve."""

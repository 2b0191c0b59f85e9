"""Organisations on the screen: themselves, and who is who among them."""

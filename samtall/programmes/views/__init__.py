"""Programmes on the screen: read, compared and changed."""

"""A network of outside organisations and an education party that meet about their collaboration."""

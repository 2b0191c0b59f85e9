"""What a key may be allowed: the permissions that make sense for a machine."""

#: In the order they are offered. What counts people, or names them, is not among them.
SCOPES = ("figures.list", "organisations.read", "activities.read", "activities.record")

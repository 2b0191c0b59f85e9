"""What a key may be allowed: the permissions that make sense for a machine."""

#: In the order they are offered. Nothing that counts people is among them, and of people only whom an inquiry is from.
SCOPES = (
    "figures.list",
    "organisations.read",
    "activities.read",
    "activities.record",
    "inquiries.read",
    "inquiries.handle",
)

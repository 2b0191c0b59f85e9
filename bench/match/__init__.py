"""How well and how fast organisations are found by name, beside other ways; and how the model is made."""

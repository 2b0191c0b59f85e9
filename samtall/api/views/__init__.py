"""The endpoints, and the pages where keys are made."""

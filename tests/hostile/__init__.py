"""Every attack class of the threat model, by the hundred, each beside the sibling that passes."""

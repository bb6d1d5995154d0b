"""XML signatures: the seal of an authority and the outer signature of an NCP."""

"""A decided round in, pages out."""

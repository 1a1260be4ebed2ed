"""The small language of policies: conditions, facts, and the algebra that decides them on records and on columns."""

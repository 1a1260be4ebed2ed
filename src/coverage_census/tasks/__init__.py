"""Gaps of every round and human entries in; tasks (任务) with owner, day, state and history out."""

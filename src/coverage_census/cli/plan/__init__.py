"""The commands of `plan` and their options."""

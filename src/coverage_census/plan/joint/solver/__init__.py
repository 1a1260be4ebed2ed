"""The exact search for joint branches: columns, prices, cuts, and the proof of how good a plan is."""

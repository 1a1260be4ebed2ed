"""Which rows are one organisation: by code, by core name, or as a person said."""

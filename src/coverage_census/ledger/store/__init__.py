"""The folders and files of a ledger: sealed rounds, their manifests, the anchor, and queries over them."""

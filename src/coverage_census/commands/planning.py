"""`plan joint`: a round of the ledger in, joint branches that close gaps out."""

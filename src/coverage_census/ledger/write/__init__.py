"""One more round: what came in against what is known, and the next complete state of the ledger."""

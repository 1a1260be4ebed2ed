"""`plan joint|liaison|mass|list|show|compare`: a round in, plans and what became of them out."""

"""Joint branches (联合党支部): who is grouped with whom, under which limits, at what cost."""

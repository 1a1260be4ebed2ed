"""Plans (方案) and what they are made of, as records that the plan, its console and its reports share."""

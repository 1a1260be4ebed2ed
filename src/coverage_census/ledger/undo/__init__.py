"""Taking back a round: the state as it would be had the round never come."""

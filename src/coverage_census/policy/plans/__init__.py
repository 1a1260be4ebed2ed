"""What a policy says of plans: limits, weights, and who needs an officer."""

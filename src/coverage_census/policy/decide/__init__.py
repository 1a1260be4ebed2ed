"""Facts and a policy in; verdicts, gaps, deadlines and reasons out."""

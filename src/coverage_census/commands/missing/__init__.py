"""`missing` (催报): who has not reported, and what each township owes."""

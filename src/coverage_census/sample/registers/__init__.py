"""Made-up registers of other offices beside a sample: hard names, what each office makes of them, and the truth."""

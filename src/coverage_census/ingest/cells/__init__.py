"""What single cells say: counts, dates, codes, choices and places, however they were typed."""

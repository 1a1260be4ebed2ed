"""Made-up counties in the shape of real ones, with the truth beside them."""

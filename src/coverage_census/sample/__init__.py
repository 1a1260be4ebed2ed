"""Made-up workbooks of any size in the shape of real ones, with the truth beside them; the front door is `make`."""

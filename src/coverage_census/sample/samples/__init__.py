"""The samples themselves, one module each: a village, a county, a city, a province, one flat sheet."""

"""What a sheet contradicts in itself: sums, parts, doubles and endings, each reported at its cell."""

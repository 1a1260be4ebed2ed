"""Made-up sheets: how they are laid out, how their cells are written, and the files they come in."""

"""What all tests share: nothing yet."""

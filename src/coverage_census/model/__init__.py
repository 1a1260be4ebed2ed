"""The words of the census: frozen records that every stage shares."""

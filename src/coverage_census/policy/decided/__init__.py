"""One round under one policy: its organisations with their facts and ends, decided by record or by column."""

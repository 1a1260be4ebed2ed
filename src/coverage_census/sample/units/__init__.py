"""Made-up organisations: their names, codes and facts, and how untidily they are told."""

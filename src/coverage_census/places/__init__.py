"""The administrative divisions of China down to townships, and names near a misspelt one."""

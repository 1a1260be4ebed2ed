"""Every word a person sees, in Chinese and English, from one catalogue of TOML files."""

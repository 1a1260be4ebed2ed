"""Files on a drive: read and written safely; CSV, XLSX and TOML as text."""

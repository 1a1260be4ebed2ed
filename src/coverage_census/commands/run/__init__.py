"""`run`, the cron entry: inbox, ledger, reports, archive and digest."""

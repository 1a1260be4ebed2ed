"""Reminders (催报单): a workbook with a sheet for each township that owes something."""

"""The command line itself: options that several commands share, what was typed, help, streams, exit codes."""

"""The command line: arguments in, one call to a command, one call to the console, an exit code out."""

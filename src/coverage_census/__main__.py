"""`python -m coverage_census` is `census`."""

from coverage_census.cli.main import main

if __name__ == "__main__":
    main()

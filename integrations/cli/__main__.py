"""Run the command line as a module."""

from integrations.cli.main import main

main()

"""The command line `license-exchange`."""

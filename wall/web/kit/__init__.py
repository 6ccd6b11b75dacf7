"""What every page and answer stands on."""

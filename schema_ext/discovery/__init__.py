"""Which providers exist, and which certificate speaks for whom, for what and when."""

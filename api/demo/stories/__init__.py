"""What the further people of the demo world hold, in tables by what they show."""

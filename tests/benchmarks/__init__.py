"""Speed as ratios: each candidate beside a raw limit or a peer, in turn, in one run."""

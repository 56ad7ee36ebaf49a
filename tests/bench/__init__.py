"""`make bench`: how times grow with the data, as ratios; never asserted, because machines differ."""

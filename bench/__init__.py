"""`make bench`: the cost of the suite, each figure beside what the bare servers do in the same run."""

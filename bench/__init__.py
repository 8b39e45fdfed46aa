"""`make bench`: what the suite costs, each row beside what the bare servers can do, in the same run."""

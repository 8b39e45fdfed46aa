"""台账 (29, 30): the ledgers, the reports of a period, their rows, sheets and routes. Begin with `definitions`."""

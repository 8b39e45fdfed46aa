"""文号: document numbers by agency, word and year: allotted, entered from a paper, voided, never used twice."""

"""考核 (29, 30): who is late without excuse, by agency and period, and what pairs of agencies turned back.

Begin with `scores`.
"""

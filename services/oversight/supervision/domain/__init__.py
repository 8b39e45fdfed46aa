"""The rules of supervision (29). Pure: `acts` has the rows, `case` the supervision and its refusals.

Begin with `acts`.
"""

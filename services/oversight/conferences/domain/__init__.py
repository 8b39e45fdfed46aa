"""The rules of conferences (30). Pure: `acts` has the rows, `case` the conference and its refusals.

Begin with `acts`.
"""

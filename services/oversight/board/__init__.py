"""The board of all deadlines: a projection of every service's deadline events, its figures and its routes.

Begin with `deadlines`.
"""

"""第三十一条 问责线索: what is reported to discipline and to justice, and the hints that data give (`hints`).

Begin with `domain`.
"""

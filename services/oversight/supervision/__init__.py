"""第二十九条 双向督查: the ladder of supervision, its documents (`wording`) and what is proposed (`proposals`).

Begin with `domain.acts`.
"""

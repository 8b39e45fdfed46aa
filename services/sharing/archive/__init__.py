"""第二十七条 执法档案: deliveries of archive records, their search, who may look, and their verification.

Begin with `domain`.
"""

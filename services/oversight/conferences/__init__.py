"""第三十条 联席会议: conferences, their resolutions (`domain`) and the agenda that is proposed (`agenda`).

Begin with `domain.acts`.
"""

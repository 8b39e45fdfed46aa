"""The sentence that tells whose act it is: parts in the chapter's order, each with who has it in this case."""

import pytest

from shared.acts.whose import wrong_party

TITLES = {"lead": "牵头部门", "participant": "配合部门", "justice": "司法局"}
SIX = [("participant", f"机关{each}") for each in range(1, 7)]


@pytest.mark.parametrize(("by", "has", "zh", "en"), [
    (["lead"], [], "牵头部门", "lead"),
    (["lead"], [("lead", "甲局"), ("participant", "乙局")], "牵头部门（甲局）", "lead (甲局)"),
    (["lead", "justice"], [("lead", "甲局")], "牵头部门（甲局）、司法局", "lead (甲局) or justice"),
    (["participant"], [("participant", "乙局"), ("participant", "丙局")], "配合部门（乙局、丙局）",
     "participant (乙局, 丙局)"),
    (["lead"], [("lead", "甲局")] * 2, "牵头部门（甲局）", "lead (甲局)"),
    (["participant"], SIX[:5], "配合部门（机关1、机关2、机关3、机关4、机关5）",
     "participant (机关1, 机关2, 机关3, 机关4, 机关5)"),
    (["participant"], SIX, "配合部门（机关1、机关2、机关3、机关4、机关5等6个机关）",
     "participant (机关1, 机关2, 机关3, 机关4, 机关5 and 1 more)"),
    (["stranger"], [], "stranger", "stranger"),
])
def test_each_part_is_told_with_those_that_have_it_and_of_many_with_their_number(
        by: list[str], has: list[tuple[str, str]], zh: str, en: str) -> None:
    refusal = wrong_party(by, TITLES, has)
    assert (refusal.code, refusal.status) == ("WRONG_PARTY", 403)
    assert refusal.zh == f"该行为应当由{zh}作出，不由本机关作出。"
    assert refusal.en == f"This act is for {en} to do, not for your agency."

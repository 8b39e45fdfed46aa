"""State secrets are refused by their markings; ordinary words of enforcement are not."""

from typing import Any

import pytest
from marshmallow import ValidationError

from services.transfer.schemas import SCHEMAS
from shared.contracts.classified import STATE_SECRET, forbidden, forbidden_name
from shared.forms.fields import Many, Text
from shared.forms.schemas import PersonalField
from shared.kernel.errors import Refusal

MARKED = (
    "绝密★30年", "机密★10年\n关于印发方案的通知", "秘密★1年", "机密★长期", "机密★", "绝密★启用前", "秘密☆5年", "机密⭐三年",
    "机　密★10年", "机 密\n荣成市文件", "绝　密\n", "绝密\n关于某事的报告", "荣成市文件\n秘密\n", "機密★10年", "絕密★",
    "绝密*20年", "秘密＊三年", "绝​密★30年", "文号 机密10年", "密级：机密", "密级:绝密", "密级为秘密", "保密等级：机密级",
    "【绝密】关于某事的报告", "关于某事的报告（机密）", "关于某事的报告(秘密级)", "〔机密件〕某事", "机密：关于某事的报告", "绝密—某事",
    "秘密级★10年", "本件属于国家秘密，不得外传", "此件为机密", "本材料涉及国家秘密", "本文件系绝密文件", "所附材料含有国家秘密",
    "以下内容属国家秘密", "本件定为秘密级", "案情见附件。\n机密★5年\n正文",
    "机密", "绝密", " 绝密 ", "机密级", "秘密级", "【机密】", "（秘密）", "机​密",
)
ORDINARY = (
    "", "秘密", "涉密", "商业秘密", "涉嫌侵犯商业秘密", "保守秘密", "保守国家秘密", "以保密为由拒绝提供",
    "以国家秘密为由拒绝", "被查询的档案涉及国家秘密，依法线下提供", "该档案属于国家秘密，请线下查阅", "不涉及国家秘密", "本件不属于国家秘密",
    "本材料是否涉及国家秘密待核", "本文件为非涉密文件", "本件涉及商业秘密", "本材料含有企业机密", "本材料涉及商业机密，请注意保管",
    "《保守国家秘密法》第三十一条", "本文件依据保守国家秘密法制定", "保守秘密3年", "竞业限制及商业秘密2年", "商业秘密★3年",
    "当事人秘密转移财产", "秘密举报", "秘密侦查", "举报人身份保密", "密级：无", "密级：非密", "密切配合", "人口密度", "机密级计算机",
    "以下内容涉及国家秘密的，不得上网", "星级★★★饭店", "五星★", "内部资料，注意保存", "要求：严守机密、保守秘密。", "他说“秘密”二字",
    "工作秘密★1年", "本文书为秘密级以下",
)
MARKED_NAMES = ("机密-关于某事的报告.pdf", "关于某事的报告_绝密.docx", "秘密★5年.pdf", "机密.pdf", "（秘密）纪要.pdf", "纪要 机密 2026.pdf")
ORDINARY_NAMES = ("", "商业秘密鉴定.pdf", "保密协议.docx", "侵犯商业秘密-笔录.pdf", "密封条.jpg", "秘密取证说明.pdf", "现场照片1.jpg")


@pytest.mark.parametrize("text", MARKED)
def test_a_text_that_bears_the_marking_is_refused_with_the_article(text: str) -> None:
    refusal = forbidden(text)
    assert refusal is not None, text
    assert (refusal.code, refusal.status) == (STATE_SECRET.code, 422)
    assert refusal.article == "保守国家秘密法 31, 27" and "线下" in refusal.zh


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_not_refused(text: str) -> None:
    assert forbidden(text) is None


@pytest.mark.parametrize("name", MARKED_NAMES)
def test_a_file_is_refused_by_its_name(name: str) -> None:
    assert forbidden_name(name) is not None


@pytest.mark.parametrize("name", ORDINARY_NAMES)
def test_a_file_with_an_ordinary_name_is_taken(name: str) -> None:
    assert forbidden_name(name) is None


@pytest.mark.parametrize("field", [Text("说明"), PersonalField("姓名"), Many("目录", Text("一项"))])
def test_every_field_of_words_asks_the_guard(field: Text | Many) -> None:
    value = "机密★10年"
    with pytest.raises(ValidationError) as wrong:
        field.deserialize([value] if isinstance(field, Many) else value)
    assert STATE_SECRET.code in {refusal.code for refusal in _refusals(wrong.value.messages)}


def test_an_act_with_a_marked_text_is_refused_where_it_stands() -> None:
    body = {"receiver": "zjj", "matter": {"facts": "见附件。\n绝密★30年", "respondent": {"name": "某人"}}}
    with pytest.raises(ValidationError) as wrong:
        SCHEMAS["announce"]().load(body)
    (refusal,) = wrong.value.messages["matter"]["facts"]     # type: ignore[call-overload]
    assert refusal.code == STATE_SECRET.code


def _refusals(messages: Any) -> list[Refusal]:
    if isinstance(messages, dict):
        return [each for value in messages.values() for each in _refusals(value)]
    return [each for value in messages for each in _refusals(value)] if isinstance(messages, list) else [messages]

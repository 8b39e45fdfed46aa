"""`liandong demo`: told to the end, refused where it would meddle, honest when it goes wrong, killed, gone on with."""

import io
import re
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from liandong import bodies
from liandong.demo import play
from liandong.demo_stage import Stage, Teller
from liandong.player import Unexpected
from tests.liandong.conftest import Start
from tests.liandong.running import SERVICES, run

STORIES = ("一件案件从通报到结案备案", "补正", "不予受理，重新确定接收机关", "没有初步证据，不得发函", "转黄、转红", "现场电话告知",
           "管辖争议", "补录", "更正", "协同执法", "联合执法", "执法档案", "查询", "案源", "撤销机关", "双向督查", "联席会议", "问责线索",
           "跨入未公布年度")
TURNS = ("司法局备案登记：荣司备〔2025〕1号", "告知补正", "重新确定接收案件机关", "✗ 发出移送函被拒（第22条）", "前）：黄灯",
         "前）：红灯", "前）：逾期完成", "前）：逾期待确认", "到场处置  → 已电话告知", "前）：中止计时", "（提请）：", "（陈述）：",
         "争议明确意见  荣司明字〔2025〕第1号  → 审查中", "✗ 不予受理被拒（第24条）", "上传扫描件", "逾期记录：逾期",
         "期限更正：补录", "司法局的更正和补录情况表",
         "更正  荣综执更字〔2025〕第1号  → 审查中", "更正前后均可查：2025-12-24 → 2025-12-23")
COLLABORATION = ("✗ 报送审查或者申请被拒（第7条）：涉及直接利益的为32人，不足50人", "继续履行职责（荣成市人民政府崖头街道办事处）  → 已呈报待批准",
                 "✗ 不能协同被拒（第12条）：", "不能协同（荣成市自然资源局）  荣自然资协拒字〔2026〕第1号", "调整配合部门",
                 "责任（第10条）：荣成市综合行政执法局对执法活动负总责", "方案的第1条线索已移送", "✗ 执法情况报告被拒（第13条）：应当附结案报告",
                 "执法情况报告（荣成市综合行政执法局）  荣综执协情字〔2026〕第1号  → 已报告", "司法局备案登记：荣司备〔2026〕2号")
CAMPAIGN = ("指定主要牵头部门（荣成市人民政府办公室）  → 已指定牵头、拟订中", "✗ 申请或者报送审核被拒（第18条）：应当有应急预案",
            "✗ 批准被拒（第17条）", "✗ 启动被拒（第16、19条）", "启动（荣成市司法局）  → 执法中", "执法时限：由“2026年4月17日”改为“2026年4月24日”",
            "批准或者不批准变更（荣成市人民政府办公室）", "主要牵头部门尚未提议结束",
            "✗ 总结报告被拒（第20条）：应当对荣成市交通运输局的执法情况作出评价", "总结报告（荣成市海洋发展局）  荣海联总字〔2026〕第1号  → 已报告",
            "中途退出的荣成市交通运输局也被评价", "对评价提出意见")
SHARING = ("✗ 报送执法档案被拒（内部要求）：第2行「证件号码」统一社会信用代码校验未通过", "✗ 检索档案被拒（第27条）：查阅其他机关的档案，应当注明查询目的",
           "✗ 检索档案被拒（《个人信息保护法》第三十四条）", "检索“𬭎润”：荣成市𬭎润海洋食品有限公司", "其中1件凭查询提供",
           "荣成市市场监督管理局看到谁查阅：荣成市综合行政执法局，事由：", "✗ 依法拒绝查询被拒（第27条）：不得以保守秘密、不便提供为由拒绝查询",
           "接到查询请求三个工作日内提供或者依法拒绝（2026-05-15 前）：按期完成", "接到查询请求三个工作日内提供或者依法拒绝（2026-05-15 前）：逾期完成",
           "责令提供（荣成市司法局）  → 责令提供中", "✗ 推送案源被拒（第22、28条）", "✗ 认领案源被拒（内部要求）：该案源已由荣成市自然资源局（ziran）认领",
           "案源显示所移送的案件，案件显示其来源的案源", "反馈案源办理结果（荣成市自然资源局）  → 已反馈", "案源中的个人信息已删除",
           "2026-06-11  荣成市自然资源局：接到查询请求三个工作日内提供或者依法拒绝（2026-06-12 前）：绿灯", "承继自荣成市水利局",
           "✗ 作出处理决定被拒（第3条）：本机关已于2026-06-10撤销，只能查阅", "结案报告  荣自然资结字〔2026〕第1号  → 已通报结案")
SUPERVISION = ("平台拟稿（提醒）：荣成市住房和城乡建设局：", "现发督办单，请立即办理，并在5个工作日内（2026年7月24日24时前）书面答复办理情况",
               "司法局发出提醒 荣司督提〔2026〕1号 → 待答复，2026-07-10前答复", "司法局发出催办 → 待答复，2026-07-16前答复",
               "✗ 再发督查文书被拒（内部要求）：答复期限至2026-07-16", "司法局发出督办单 荣司督〔2026〕1号 → 待答复",
               "延误说明（荣成市住房和城乡建设局） → 延误说明待认定", "采纳延误说明（荣成市司法局） → 延误说明已采纳",
               "逾期（延误说明已采纳）", "销号（荣成市司法局） → 已销号")
CONFERENCE = ("建议议题：", "登记缺席：", "责任机关的办结报告同时送到市政府办公室和司法局", "次会议的周期已经开始", "问责提示",
              "纪检监察机关已签收；涉及机关查不到")


def test_it_tells_every_story_to_its_end(tmp_path: Path) -> None:
    """Without a home it keeps nothing; what is written to no terminal has no colours."""
    ran = run("demo", home=tmp_path, LIANDONG_HOME="", TMPDIR=str(tmp_path))
    assert (ran.code, ran.errors) == (0, "")
    heads = re.findall(r"^(\d+)\. (.*)$", ran.out, re.MULTILINE)
    assert [int(number) for number, _ in heads] == [*range(1, len(STORIES) + 1)]
    assert all(story in title for story, (_, title) in zip(STORIES, heads, strict=True))
    told = (*TURNS, *COLLABORATION, *CAMPAIGN, *SHARING, *SUPERVISION, *CONFERENCE)
    assert [turn for turn in told if turn not in ran.out] == []
    assert ran.out.count(" sound: ") == len(SERVICES) and "\x1b" not in ran.out
    assert list(tmp_path.iterdir()) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "no_color", "line"), (
    (Terminal(), "", "\x1b[31;1m红灯\x1b[0m"), (Terminal(), "1", "红灯"), (io.StringIO(), "", "红灯")))
def test_only_a_terminal_that_wants_them_gets_colours(stream: io.StringIO, no_color: str, line: str,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("NO_COLOR", no_color)
    told: list[str] = []
    Teller(told.append).say("red", "红灯")
    assert told == [line]


@pytest.mark.parametrize("how", (signal.SIGINT, signal.SIGTERM))
def test_stopped_in_the_middle_it_leaves_nothing_behind(tmp_path: Path, start: Start, how: signal.Signals) -> None:
    (tmp_path / "places").mkdir()
    demo = start("demo", home=tmp_path, LIANDONG_HOME="", TMPDIR=str(tmp_path / "places"))
    demo.says("1. ")
    assert len(list((tmp_path / "places").iterdir())) == 1
    assert demo.stop(how) == 130
    assert demo.out.endswith("\nThe demo was stopped\n") and demo.errors == ""
    assert list((tmp_path / "places").iterdir()) == []


def turned(stage: Stage) -> None:
    """A story that is told to stop where a library makes another error of it."""
    try:
        signal.raise_signal(signal.SIGTERM)
    except KeyboardInterrupt:
        raise Unexpected("no answer") from None


def broken(stage: Stage) -> None:
    raise ValueError("not foreseen")


def test_what_stopping_it_breaks_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("liandong.demo.STORIES", (("告知", turned),))
    told: list[str] = []
    assert play({}, told.append) == 130
    assert told[-1] == "\nThe demo was stopped" and list(tmp_path.iterdir()) == []


def test_what_nobody_foresaw_is_raised_and_its_data_are_kept_and_named(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("liandong.demo.STORIES", (("告知", broken),))
    told: list[str] = []
    with pytest.raises(ValueError, match="not foreseen"):
        play({}, told.append)
    (kept,) = tmp_path.iterdir()
    assert told[-1] == f"\nThe demo went wrong: not foreseen\nIts data are kept in {kept}"


def test_it_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    ran = run("demo", home=tmp_path)
    told = f"the demo needs an empty folder, and {tmp_path} is not empty: unset LIANDONG_HOME or name another\n"
    assert (ran.code, ran.out + ran.errors) == (1, told)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_first_thing_that_goes_wrong_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the letter of the first story names no basis: it is refused, and the demo says by what."""
    def without_basis(*given: Any) -> dict[str, Any]:
        return {**bodies.issue_letter(*given), "basis": ""}

    monkeypatch.setattr(bodies, "BODIES", {**bodies.BODIES, "issue-letter": without_basis})
    told: list[str] = []
    assert play({"LIANDONG_HOME": str(tmp_path / "home")}, told.append) == 1
    assert "The demo went wrong: issue-letter: 422" in told[-1]
    assert f"Its data are kept in {tmp_path / 'home'}" in told[-1]
    assert not any("补正" in line for line in told)
    assert (tmp_path / "home" / "data" / "transfer.sqlite").exists()

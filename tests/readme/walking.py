"""The walks of the documents as scripts, run as a new user would, and what they must have printed at their end."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from liandong.places import SERVICES
from tests.liandong.running import free_ports

ROOT = Path(__file__).resolve().parents[2]
README, TRANSFER, DEPLOY = "README.md", "docs/walk-transfer.md", "docs/deploy.md"
PLANS, SHARING, SUPERVISION = "docs/walk-plans.md", "docs/walk-sharing.md", "docs/walk-supervision.md"
CONFERENCE = "docs/walk-conference.md"
INTEGRATION = ("docs/integration.md", "docs/integration.zh.md")
START_SECONDS, WALK_SECONDS = 90, 180

FENCED = re.compile(r"(?:<!-- (walk[a-z: ]*) -->\n)?```(\w+)\n(.*?)```\n", re.DOTALL)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, mark: str) -> list[str]:
    """The fenced blocks of a document that carry the mark, in order."""
    return [block for found, _, block in FENCED.findall(text(name)) if found == mark]


def walk(*, instead: str = "", city: bool = False) -> str:
    """The README's first case and the rest of it in `docs/walk-transfer.md`, as one script. `instead`: the document
    whose walk continues from the README's first two blocks. `city`: with the addresses of a city's processes."""
    first, sign_in, *case = blocks(README, "walk")
    addresses = blocks(DEPLOY, "walk: city") if city else []
    if instead:
        known, *then = blocks(instead, "walk")
        then = [known, *(blocks(instead, "walk: city") if city else ()), *then]
    else:
        then = [*case, *blocks(TRANSFER, "walk")]
    command = f"{shlex.quote(sys.executable)} -m liandong.cli"
    return "".join((first, *addresses, sign_in, *then)).replace(".venv/bin/liandong", command)


def integration(*, city: bool = False) -> str:
    """The walk of the page for agencies' systems, which needs no other. Out of a city the kit is this environment's,
    and there is no queue."""
    python = f"#!/bin/sh\nexec {shlex.quote(sys.executable)} \"$@\"\n"
    kit = f"AGENCY=$(mktemp -d); mkdir $AGENCY/bin; printf %s {shlex.quote(python)} > $AGENCY/bin/python\n" \
          "chmod +x $AGENCY/bin/python\n"
    others = {"walk: kit": "" if city else kit, "walk: queue": "" if city else ":\n"}
    script = "".join(others.get(mark) or block for mark, _, block in FENCED.findall(text(INTEGRATION[0])) if mark)
    return script.replace(".venv/bin/liandong", f"{shlex.quote(sys.executable)} -m liandong.cli")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Of a suite on ports of its own, that may call a webhook on one more. A walk asks python3 hundreds of times: it is
    the one these tests run on, and no version manager's, which chooses each time anew; and it looks for nobody's
    packages, of which a walk needs none."""
    webhook, programs = str(free_ports(1)), home.parent / "programs"
    programs.mkdir(exist_ok=True)
    python = programs / "python3"
    python.write_text(f"#!/bin/sh\nexec {shlex.quote(str(Path(sys.base_prefix) / 'bin' / 'python3'))} -S \"$@\"\n")
    python.chmod(0o755)
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "LIANDONG_HOME": str(home), "LIANDONG_PORT": str(free_ports()), "WEBHOOK_PORT": webhook,
            "LIANDONG_WEBHOOK_HOSTS": f"http://127.0.0.1:{webhook}", **more}


@contextmanager
def running(command: str, environ: Mapping[str, str], errors: Path) -> Iterator[None]:
    """The suite under that command from its ready line on; it is told to stop at the end, and ends well."""
    with (
        errors.open("w", encoding="utf-8") as stderr,
        subprocess.Popen(
            (sys.executable, "-m", "liandong.cli", command),
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as suite,
    ):
        assert suite.stdout is not None
        too_late = Timer(START_SECONDS, suite.kill)
        too_late.start()
        try:
            assert any(line.startswith("Ctrl-C stops it") for line in suite.stdout), errors.read_text("utf-8")
            too_late.cancel()
            yield
        finally:
            too_late.cancel()
            suite.terminate()
            suite.communicate(timeout=START_SECONDS)
    assert suite.returncode == 0, errors.read_text("utf-8")


def walked(script: str, environ: Mapping[str, str]) -> list[str]:
    """The lines that the script printed; it ended 0."""
    done = subprocess.run(
        ("bash", "-euo", "pipefail", "-c", script),
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=WALK_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def assert_reported(lines: list[str]) -> None:
    """Both actions went from draft to report, and what was refused was refused by these articles."""
    at = lines.index("已登记备案")
    done, articles = ([[line.split(": ")[0] for line in part if ": " in line] for part in (lines[:at], lines[at:])],
                      [[line.split(" ", 2)[1].rstrip(",") for line in part if line.startswith("✗ ")]
                       for part in (lines[:at], lines[at:])])
    assert (done[0][0], done[0][-1], lines[at - 1]) == ("draft", "report", "report: 已报告")
    assert (done[1][0], done[1][-2:], lines[-1]) == ("draft", ["report", "remark"], "remark: 已报告")
    assert {"approve", "start", "dispatch", "record-interim-measure", "end"} <= {*done[0]} & {*done[1]}
    assert {"decline", "reassign"} <= {*done[0]} and {"amend", "decide-amendment", "propose-end"} <= {*done[1]}
    assert articles == [["internal"] * 4 + ["7", "8", *["12"] * 3, *["13"] * 4],
                        ["17", "18", "18", "17", "16", "internal", "20"]]


def assert_catalogued(lines: list[str], sampled: bool) -> None:
    """An entry found by a word, old and renewed, read in both its versions, withdrawn; who has none is told."""
    title = "海上养殖执法巡查记录"
    old = next(line for line in lines if line.startswith(f"{title} 1 ")).split()[-1]
    assert f"{title} {old}" in lines, "found by a word, and among those whose data are old"
    told = [line.split(" ", 3) for line in lines if line.startswith("version ")]
    assert [(each[1], each[3].strip()) for each in told] == [
        ("1", "巡查发现的问题"), ("2", "巡查发现的问题和处理结果 补充处理结果")]
    none, stale, lacks = (next(line for line in lines if line.startswith(f"{word}:")).split()[1:]
                          for word in ("none", "old", "shichang lacks"))
    assert "gongan" in none and "shichang" not in none and "monitoring" not in lacks
    assert f"shichang/{title}" not in stale, "not after it was brought up to date"
    assert (len(stale) > 1) if sampled else not stale, "the sample city alone has other old entries"


def assert_shared(lines: list[str], sampled: bool = True) -> None:
    """The catalogue kept; records found, a query in time and one late, a tip handed on and erased, a case closed by the
    successor."""
    articles = [line.split(" ", 1)[1] for line in lines if line.startswith("✗ ")]
    assert [line[:2].strip() for line in articles] == ["个人", "in", "27", "个人", "27", "27", "27", "22", "in", "3"]
    assert [line for line in lines if line.startswith(("on_request ", "open "))] == [
        "on_request shichang ", "open  荣成市𬭎润海洋食品有限公司经营过期即食海蜇案"]
    assert lines.count("荣成市𬭎润海洋食品有限公司经营过期即食海蜇案") == 2, "by 海蜇, and by 𬭎润"
    assert_catalogued(lines, sampled)
    done = [line for line in lines if re.fullmatch(r"[a-z-]+: \S+", line)]
    assert done == ["refresh: 已公布", "revise: 已公布", "withdraw: 已撤下", "answer: 已答复", "admit: 待答复",
                    "complain: 待答复", "direct-answer: 责令提供中", "answer: 已答复",
                    "claim: 已认领", "return-result: 已反馈", "add-material: 已通报待移送", "issue-letter: 已移送待接收",
                    "deliver: 已移送待接收", "sign-receipt: 审查中", "dissolve: 已撤销", "accept: 已受理", "answer: 已答复",
                    "file-case: 已受理", "record-decision: 已受理", "serve-decision: 已受理", "close: 已办结"]
    lights = [line.split(" ")[:2] for line in lines if re.match(r"[a-z_]+ (sharing|transfer)[.]", line)]
    late = [light for light, clock in lights if clock == "sharing.query"]
    assert late in (["red", "met_late"], ["overdue_unconfirmed", "met_late"]), "the latter in a year not published yet"
    assert ["green", "transfer.review"] in lights and "已撤销" in lines and "已删除" in lines
    assert any(line.startswith("sharing: ") and " sound: " in line for line in lines)


def assert_supervised(lines: list[str]) -> None:
    """A red deadline, its drafted reminder issued, its delay explained and excused, closed, and not begun again."""
    done = [line for line in lines if re.fullmatch(r"[a-z-]+: \S+", line)]
    assert done == ["issue: 待答复", "explain: 延误说明待认定", "accept-explanation: 延误说明已采纳", "close: 已销号"]
    assert any(line.startswith("red ") for line in lines) and "提醒" in lines
    assert any(re.fullmatch(r"evidence: [a-z]+ \d+ sha256:[0-9a-f]{64}", line) for line in lines)
    assert "seen by 市政府办公室: 待答复" in lines and "逾期（延误说明已采纳）" in lines
    refused = [line.split(" ", 2)[1:] for line in lines if line.startswith("✗ ")]
    assert [article for article, _ in refused] == ["internal", "internal", "29", "internal"]
    assert ["不得重复" in refused[0][1], "答复期限至" in refused[1][1], "延误说明已经采纳" in refused[3][1]] == [True] * 3
    assert any(re.fullmatch(r"breach [a-z]+ \d+ excused", line) for line in lines)


def assert_conferred(lines: list[str]) -> None:
    """A conference from its proposed agenda to a resolution done, the next beginning with the other; two matters of
    accountability, reported by a lead and by justice, received, seen neither by whom they mean nor too early."""
    acts = [line for line in lines if re.fullmatch(r"[a-z-]+: \S+", line)]
    assert acts == ["call: 已召集", "set-agenda: 已召集", "attend: 已召集", "attend: 已召集", "hold: 已召开",
                    "record-minutes: 议定事项办理中", "report-resolution: 议定事项办理中", "complete-resolution: 议定事项办理中",
                    *["enter: 待报告", "report: 待签收", "sign-receipt: 已签收"] * 2]
    proposed = {line.split()[1]: int(line.split()[-1]) for line in lines if line.startswith("proposed ")}
    assert next(iter(proposed)) == "resolution" and proposed["dispute"] and proposed["breach"], proposed
    assert "accounted for True present 2" in lines
    assert lines.count("reports zonghe 待签收 zonghe 待签收") == 2, "the report and the completion, at both offices"
    assert [line for line in lines if re.fullmatch(r"begins with 第\d+次会议议定事项2：物业类案件逐件核对移送材料", line)]
    refused = [line.partition(" ")[2] for line in lines if line.startswith("✗ ")]
    assert [said.partition(" ")[0].rstrip(",") for said in refused] == [
        "30", "30", "30", "internal", "30", "29", "31", "31", "internal"]
    for said, of in zip(refused, ("机关负责人", "建议的议题", "议题", "说明理由", "登记缺席", "第 1 项", "牵头部门报告", "机关负责人",
                                  "已经录入"), strict=True):
        assert of in said
    assert len([line for line in lines if re.fullmatch(r"evidence: [a-z]+ \d+ sha256:[0-9a-f]{64}", line)]) == 2
    assert [line for line in lines if line.startswith(("justice ", "the agency meant "))] == [
        "justice before 404, discipline before 404", "justice after 200, discipline after 200", "the agency meant 404",
        "the agency meant 404, 市政府办公室 404"]


def assert_received(lines: list[str]) -> None:
    """An agency's system had its first events, signed a receipt, was called, and compared the day."""
    assert lines.count("webhook: active") == 1, lines
    assert [line for line in lines if re.fullmatch(r"\S{36} 已签收，待审查", line)], lines
    assert len([line for line in lines if re.fullmatch(r"\d{4}-\d\d-\d\d [a-z]+\.[a-z_]+ \S*", line)]) == 5, lines
    page, day = ([line for line in lines if f'"{key}"' in line] for key in ("next", "complete"))
    assert len(page) == len(day) == 1 and '"digest":"sha256:' in day[0].replace(" ", ""), lines


def assert_registered(lines: list[str]) -> None:
    """The last answers: the report is in, justice has registered it, every journal is sound."""
    *_, reported, registered, place = lines[: -len(SERVICES)]
    assert (reported, registered, place[:6]) == ("report-closure: 已通报结案", "已登记备案", "Data: ")
    assert all(" sound: " in line for line in lines[-len(SERVICES) :])

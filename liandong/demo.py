"""`make demo`: cases of every turn built so far and an action of each kind, played over HTTP in a suite of its own with
a clock moved by hand.

Prints a timeline that a person can read; ends 0, 1 with the first thing that went wrong, 130 where it was stopped.
"""

import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from liandong import demo_collab, demo_conference, demo_joint, demo_sharing, demo_supervision, demo_turns, demo_way
from liandong.demo_day import at
from liandong.demo_stage import START, Echo, Stage, Teller
from liandong.errors import SuiteError
from liandong.ops import verify_offices
from liandong.places import home_of
from liandong.player import Account, Player, Unexpected
from liandong.seed import found_city
from liandong.suite import Suite
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused
from shared.kernel.settings import settings_from

STORIES: tuple[tuple[str, Callable[[Stage], None]], ...] = (
    ("一件案件从通报到结案备案", demo_way.plain),
    ("补正：一次告知，审查期限重新起算", demo_way.supplement),
    ("不予受理，重新确定接收机关", demo_way.reroute),
    ("监管与处罚分离而没有初步证据，不得发函", demo_way.no_evidence),
    ("逾期未发移送函：转黄、转红，留痕", demo_way.missed),
    ("现场电话告知：接听、到场处置，再补正式通报", demo_turns.phone),
    ("管辖争议：期限中止，双方陈述，司法局明确", demo_turns.dispute),
    ("补录：纸质函件按期发出，逾期记录撤回而仍可查", demo_turns.back_entry),
    ("更正：回执日期误填，出具更正函，期限重新核算", demo_turns.correction),
    ("协同执法：报批前继续履职，一家因法定事由不能协同，任务调整，报告备案", demo_collab.action),
    ("联合执法：指定牵头的专项治理，一次变更，逐家评价", demo_joint.campaign),
    ("执法档案：两个字即可检索，注明目的方可查阅，持有机关看得到", demo_sharing.archive),
    ("查询：以“秘密”为由的拒绝被拒，一件按期答复，一件逾期、异议、责令提供", demo_sharing.queries),
    ("案源：一家认领，后到的被告知，依来源移送，结果反馈", demo_sharing.tip),
    ("撤销机关：办理中的案件、查询由承继机关接续，原机关只能查阅", demo_sharing.dissolution),
    ("双向督查：逾期未发函，平台拟稿，提醒、催办、督办单由人发出，延误说明采纳，销号", demo_supervision.ladder),
    ("联席会议：按周期到期，议题来自未了事项，议定事项按日办结", demo_conference.conference),
    ("问责线索：平台提示、人来录入，一次报告两家，涉及机关不知道", demo_conference.accountability),
    ("跨入未公布年度：暂定，只预警不判逾期", demo_way.unpublished_year),
)

WRONG, STOPPED = 1, 130  # exit codes
KNOWN = (Unexpected, SuiteError, Refused, AssertionError)  # whose words say enough


def play(environ: Mapping[str, str], echo: Echo) -> int:
    """Plays the demo in LIANDONG_HOME (must be empty) or a temporary folder. That goes again at the end, also when
    somebody stops the demo; it is kept and named on failure."""
    given = environ.get("LIANDONG_HOME", "").strip()
    if given and (home := Path(given)).exists() and any(home.iterdir()):
        echo(f"the demo needs an empty folder, and {home} is not empty: unset LIANDONG_HOME or name another")
        return 1
    with _stoppable() as told:
        home = Path(given) if given else Path(tempfile.mkdtemp(prefix="liandong-demo-"))
        try:
            with _suite(home, environ, kept=bool(given)) as (suite, clock, accounts):
                tell(Stage(Player(suite, clock, accounts), clock, Teller(echo)))
        except BaseException as wrong:  # one who is told to stop may end by any of them
            if not told:
                echo(f"\nThe demo went wrong: {wrong}\nIts data are kept in {home}")
                if isinstance(wrong, KNOWN):
                    return WRONG
                raise
    if told:
        echo("\nThe demo was stopped")
    if not given:
        shutil.rmtree(home)
    return STOPPED if told else 0


@contextmanager
def told_through(environ: Mapping[str, str]) -> Iterator[Suite]:
    """The suite after all stories, told to nobody: for whoever reads its journals. It is thrown away after."""
    with (tempfile.TemporaryDirectory(prefix="liandong-") as home,
          _suite(Path(home), environ, kept=False) as (suite, clock, accounts)):
        tell(Stage(Player(suite, clock, accounts), clock, Teller(lambda _: None)))
        yield suite


@contextmanager
def _stoppable() -> Iterator[list[int]]:
    """While it lasts SIGINT and SIGTERM raise KeyboardInterrupt, so that what is under way ends by its own `finally`,
    and stand in the list."""
    told: list[int] = []

    def heard(number: int, frame: FrameType | None) -> None:
        told.append(number)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _suite(home: Path, environ: Mapping[str, str], kept: bool) -> Iterator[tuple[Suite, HandClock, list[Account]]]:
    settings = settings_from(
        {
            **{key: value for key, value in environ.items() if not key.startswith("LIANDONG_")},
            "LIANDONG_HOME": str(home),
        }
    )
    clock = HandClock(at(START, 8))
    with home_of(settings):
        suite = Suite(settings, clock, durable=kept)     # what is thrown away need not outlive a power cut
        try:
            suite.prepare()
            yield suite, clock, found_city(suite)
        finally:
            suite.close()


def tell(stage: Stage) -> None:
    """The stories, in the order in which their days come; then whether every journal is sound."""
    for number, (title, story) in enumerate(STORIES, 1):
        stage.tell.say("head", f"\n{number}. {title}")
        story(stage)
    offices = stage.player.suite.offices.values()
    stage.must(verify_offices(offices, None, lambda line: stage.tell.say("ok", f"   {line}")), "verify")

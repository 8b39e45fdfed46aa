"""Why a call was not taken: in Chinese for the officer, in English for the log and the agency's system."""

import http.client
import re
import socket
import ssl

import pytest

from services.sharing.webhooks import failures as words
from services.sharing.webhooks.calls import Caller, NotReached
from services.sharing.webhooks.failures import Why
from shared.kernel.hosts import address_of, allowed_from

ADDRESS = address_of("http://zjj.example:8080/hook")
CERTIFICATE = ssl.SSLCertVerificationError(1, "certificate verify failed")
CERTIFICATE.verify_message = "Hostname mismatch"
CLOSED = http.client.RemoteDisconnected("Remote end closed connection without response")


@pytest.mark.parametrize(("why", "zh", "en"), [
    (words.NO_CHALLENGE, "接收方没有交回验证口令", "the challenge did not come back"),
    (words.not_found("zjj.example"), "找不到 zjj.example 的地址", "zjj.example is not found"),
    (words.too_slow(10.0), "10 秒内没有收到完整的答复", "no whole answer within 10 s"),
    (words.answered(500), "接收方答复 500", "answered 500"),
    (words.answered(399), "接收方答复 399，平台不跟随跳转", "answered 399; redirects are not followed"),
    (words.answered(400), "接收方答复 400", "answered 400"),
    (words.barred_by_ops(ADDRESS), "运维没有允许 http://zjj.example:8080（LIANDONG_WEBHOOK_HOSTS）",
     "ops do not allow http://zjj.example:8080 (LIANDONG_WEBHOOK_HOSTS)"),
    (words.broken(ConnectionRefusedError(111, "Connection refused")), "接收方拒绝连接",
     "ConnectionRefusedError: [Errno 111] Connection refused"),
    (words.broken(ConnectionResetError()), "连接中断（ConnectionResetError）", "ConnectionResetError"),
    (words.broken(CLOSED), "接收方没有按 HTTP 答复（RemoteDisconnected）", "no answer by HTTP: RemoteDisconnected"),
    (words.broken(CERTIFICATE), "接收方的证书没有通过验证（Hostname mismatch）",
     "its certificate does not hold: Hostname mismatch"),
])
def test_each_cause_is_said_in_both(why: Why, zh: str, en: str) -> None:
    assert (why.zh, why.en, str(why)) == (zh, en, en)


@pytest.mark.parametrize("failed", [
    ssl.SSLError(1, "wrong version"), socket.gaierror(-2, "unknown"), ValueError("odd"),
    OSError(113, "No route to host"), BrokenPipeError(), http.client.IncompleteRead(b"")])
def test_of_whatever_breaks_off_the_officer_reads_chinese_first(failed: Exception) -> None:
    assert re.match(r"[\u4e00-\u9fff]{4}", words.broken(failed).zh)


@pytest.mark.parametrize(("url", "allowed", "zh"), [
    ("nowhere", "", "接收地址不是可以推送的地址"),
    ("http://127.0.0.1:9/x", "", "运维没有允许 http://127.0.0.1:9（LIANDONG_WEBHOOK_HOSTS）"),
    ("http://zjj.example:9/x", "http://zjj.example:9", "zjj.example 对应的地址不允许推送（LIANDONG_WEBHOOK_HOSTS）"),
])
def test_a_call_that_never_goes_says_so_to_the_officer(url: str, allowed: str, zh: str) -> None:
    with pytest.raises(NotReached) as refused:
        Caller(allowed_from(allowed), lambda *_: ["127.0.0.1"]).line(url).post({}, b"")
    assert refused.value.why.zh == zh

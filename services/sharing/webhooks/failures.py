"""Why a call to a webhook was not taken, in words. Pure.

In Chinese for the officer who reads why a subscription was paused, or its address not confirmed; in English for the
log, for ops, and for who looks after the agency's system (`why` of the delivery and of what it is told in its feed).
"""

import http.client
import ssl
from dataclasses import dataclass

from shared.kernel.hosts import Address

DAYS_ON_END = "连续 {days} 天推送不到：{why}"           # the reasons of a pause by the suite
RECEIVER_GONE = "接收方答复 410，不再接收。"


@dataclass(frozen=True, slots=True)
class Why:
    zh: str
    en: str

    def __str__(self) -> str:
        return self.en


NO_CHALLENGE = Why("接收方没有交回验证口令", "the challenge did not come back")


def no_address(wrong: ValueError) -> Why:
    return Why("接收地址不是可以推送的地址", str(wrong))


def not_found(host: str) -> Why:
    return Why(f"找不到 {host} 的地址", f"{host} is not found")


def barred_by_ops(address: Address) -> Why:
    place = f"{address.scheme}://{address.authority}"
    return Why(f"运维没有允许 {place}（LIANDONG_WEBHOOK_HOSTS）", f"ops do not allow {place} (LIANDONG_WEBHOOK_HOSTS)")


def not_callable(host: str) -> Why:
    """Which address it is stays untold: the city's names are not to be read so."""
    return Why(f"{host} 对应的地址不允许推送（LIANDONG_WEBHOOK_HOSTS）",
               f"{host} stands for an address that may not be called (LIANDONG_WEBHOOK_HOSTS)")


def too_slow(seconds: float) -> Why:
    return Why(f"{seconds:g} 秒内没有收到完整的答复", f"no whole answer within {seconds:g} s")


def broken(failed: BaseException) -> Why:
    """What the machine said of a call that broke off stands in brackets, as it said it."""
    said = f"{type(failed).__name__}: {failed}" if str(failed) else type(failed).__name__
    match failed:
        case ssl.SSLCertVerificationError():
            return Why(f"接收方的证书没有通过验证（{failed.verify_message}）",
                       f"its certificate does not hold: {failed.verify_message}")
        case ConnectionRefusedError():
            return Why("接收方拒绝连接", said)
        case http.client.HTTPException():       # before what a connection is: RemoteDisconnected is both
            name = type(failed).__name__
            return Why(f"接收方没有按 HTTP 答复（{name}）", f"no answer by HTTP: {name}")
        case ConnectionError():
            return Why(f"连接中断（{said}）", said)
        case ssl.SSLError():
            return Why(f"加密连接没有建立（{said}）", said)
    return Why(f"与接收方的通信没有完成（{said}）", said)


def answered(status: int) -> Why:
    """Of an answer that does not take the call."""
    moved = 300 <= status < 400
    return Why(f"接收方答复 {status}{'，平台不跟随跳转' if moved else ''}",
               f"answered {status}{'; redirects are not followed' if moved else ''}")

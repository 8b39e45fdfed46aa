"""How many subscriptions an agency may have, that no two go to one address, and which of them have calls to tell of."""

import pytest

from tests.webhooks.agencies import CONTACT, PATH, City
from tests.webhooks.receivers import Receiver


def _queue(city: City) -> str:
    made = city.people.post(PATH, {"carrier": "queue", "contact": CONTACT}, "zhujian")
    assert made.status == 201, made.data
    return str(made.data["id"])


def test_an_agency_has_ten_subscriptions_that_have_not_ended_and_no_more(city: City, receiver: Receiver) -> None:
    queue = _queue(city)
    cases = [city.asked(receiver, path=f"/{number}").data["id"] for number in range(9)]
    city.act(cases[0], "pause", {"reason": "停机升级"})
    refused = city.asked(receiver, path="/9")
    assert (refused.status, refused.codes) == (409, ["TOO_MANY_SUBSCRIPTIONS"])
    assert "已有 10 个" in str(refused.data) and "LIANDONG_AGENCY_SUBSCRIPTIONS" in str(refused.data)
    assert city.asked(receiver, "zonghe", path="/9").status == 201, "each agency has its own ten"
    city.act(queue, "end", {"reason": "改用网络回调"})
    assert city.asked(receiver, path="/9").status == 201


@pytest.mark.parametrize("how", ["as it was", "in capitals"])
def test_no_two_webhooks_of_an_agency_go_to_one_address(city: City, receiver: Receiver, how: str) -> None:
    case, other = city.asked(receiver).data["id"], city.asked(receiver, path="/other").data["id"]
    url = receiver.url if how == "as it was" else receiver.url.replace("http:", "HTTP:")
    again = city.people.post(PATH, {"carrier": "webhook", "url": url, "contact": CONTACT}, "zhujian")
    assert (again.status, again.codes) == (409, ["ADDRESS_TAKEN"])
    changed = city.people.post(f"{PATH}/{other}/change", {"url": url, "contact": CONTACT}, "zhujian", seen=1)
    assert (changed.status, changed.codes) == (409, ["ADDRESS_TAKEN"])
    assert city.asked(receiver, "zonghe").status == 201, "another agency may have its system in the same place"
    city.act(case, "change", {"url": receiver.url, "types": ["transfer.announced"], "contact": CONTACT})
    city.act(case, "end", {"reason": "改用另一个"})
    city.act(other, "change", {"url": url, "contact": CONTACT})


def test_a_queue_and_a_webhook_that_has_ended_say_each_why_they_have_no_calls_to_tell_of(
        city: City, receiver: Receiver) -> None:
    queue, case = _queue(city), city.asked(receiver).data["id"]
    city.act(case, "end", {"reason": "改用事件流"})
    for id, code, words, others in ((queue, "NO_WEBHOOK", "消息队列", "终止"), (case, "WEBHOOK_ENDED", "已经终止", "队列")):
        answer = city.people.get(f"{PATH}/{id}/delivery", "zhujian")
        assert (answer.status, answer.codes) == (404, [code])
        assert words in str(answer.data) and others not in str(answer.data)

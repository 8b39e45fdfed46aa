"""What comes in of subscriptions: each field with its 中文 title."""

from collections.abc import Mapping

from services.sharing.subscriptions import domain
from shared.forms.parts import said
from shared.forms.schemas import ActSchema, Code, Many, One, OneOf, ValueSchema


class ContactSchema(ValueSchema):
    """故障联系：写科室，不写个人。"""

    makes = domain.Contact
    office = said("联系科室")
    phone = said("办公电话", 40)
    email = said("科室邮箱", 100)


def _types() -> Many:
    return Many("事件类型（如 transfer.announced；不写为全部）", Code("事件类型", most=100), most=domain.MOST_TYPES,
                load_default=())


class SubscribeSchema(ActSchema):
    """订阅。"""

    makes = domain.Subscribe
    carrier = OneOf("推送方式", domain.CARRIERS, required=True)
    types = _types()
    contact = One("故障联系", ContactSchema, load_default=domain.Contact())
    url = said("接收地址（仅网络回调）", 500)


class ChangeSubscriptionSchema(ActSchema):
    """变更订阅：写全变更后的内容。"""

    makes = domain.ChangeSubscription
    types = _types()
    contact = One("故障联系", ContactSchema, load_default=domain.Contact())
    url = said("接收地址（仅网络回调）", 500)


class PauseSubscriptionSchema(ActSchema):
    """暂停推送。"""

    makes = domain.PauseSubscription
    reason = said("暂停理由", 1000)


class ResumeSubscriptionSchema(ActSchema):
    """恢复推送。"""

    makes = domain.ResumeSubscription


class EndSubscriptionSchema(ActSchema):
    """终止订阅。"""

    makes = domain.EndSubscription
    reason = said("终止理由", 1000)


class RotateSecretSchema(ActSchema):
    """更换签名密钥：新密钥只在应答中出现一次，旧密钥在完成更换以前同时签名。"""

    makes = domain.RotateSecret


class FinishRotationSchema(ActSchema):
    """完成更换签名密钥。"""

    makes = domain.FinishRotation


SUBSCRIPTIONS: Mapping[str, type[ActSchema]] = {
    "subscribe": SubscribeSchema, "change": ChangeSubscriptionSchema, "pause": PauseSubscriptionSchema,
    "resume": ResumeSubscriptionSchema, "end": EndSubscriptionSchema, "rotate-secret": RotateSecretSchema,
    "finish-rotation": FinishRotationSchema}

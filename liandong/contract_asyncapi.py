"""AsyncAPI 3.0: what comes over the broker, how it is named, what travels beside it; the feed's and the webhook's
envelope too."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from liandong.contract import FRAME, Published, common, envelope_schema, object_schema, schema_of
from liandong.places import SERVICES
from liandong.suite import spec_of
from shared.contracts.envelope import CONTENT_TYPE
from shared.contracts.frame import ACT_FRAME
from shared.http.components import Names

VERSION = "1.0.0"
DESCRIPTION = (
    "行政执法联动的事件。 Events of the joint enforcement procedures. An agency's system reads its own queue "
    "`agency.<code>`, its feed, or has a webhook called: each gives the same CloudEvents text, in order, with the "
    "position and the position before it for that agency, so that a loss is seen. Within a version fields are only "
    "added.")
HEADERS: dict[str, Any] = {
    "type": "object",
    "required": ["epoch", "position"],
    "properties": {
        "epoch": {"type": "string", "description": "life of the source's journal: another one means reconcile"},
        "position": {"type": "integer", "minimum": 1, "description": "where it stands in the source's journal"},
        "prev": {"type": "integer", "minimum": 0,
                 "description": "of an agency's queue: the position before it for that agency and source; a hole is "
                                "a loss"},
    },
}
DELIVERED = {
    "type": "object",
    "required": ["epoch", "position", "prev", "body"],
    "description": "An entry as the feed and webhooks give it: what the broker has as headers, and the text.",
    "properties": {**HEADERS["properties"], "body": {
        "type": "string", "description": "the CloudEvents 1.0 text exactly as published"}},
}
WEBHOOK_HEADERS = {
    "type": "object",
    "required": ["webhook-id", "webhook-timestamp", "webhook-signature"],
    "description": "Standard Webhooks",
    "properties": {
        "webhook-id": {"type": "string", "description": "the same for the same event, however often it is sent"},
        "webhook-timestamp": {"type": "string", "description": "seconds since 1970, of this try"},
        "webhook-signature": {"type": "string", "description": "v1,<base64>; two while a secret is rotated"},
    },
}
_BODY = {"$ref": "#/components/schemas/Delivered"}
_ITEM = {"name": "delivered", "title": "所发事件 An event with where it stands", "contentType": "application/json",
         "summary": "The text in `body` is one of the events of the service's channel.", "payload": _BODY}
_API = [{"$ref": "#/servers/api"}]
_BROKER = [{"$ref": "#/servers/broker"}]
_FEED = {
    "address": "/{service}/feed", "title": "事件流", "servers": _API,
    "description": "Every entry that the reader is told of, in order, as long as the journal is; `after` is the mark "
                   "of the page before, `wait` waits for news. As JSON pages, or as NDJSON, an item a line.",
    "parameters": {"service": {"description": "the service", "enum": [*SERVICES]}},
    "messages": {"Delivered": {"$ref": "#/components/messages/Delivered"}},
    "bindings": {"http": {}},
}
_WEBHOOK: dict[str, Any] = {
    "address": None, "title": "网络回调",
    "description": "A POST to the address of a subscription, one in flight, in order.",
    "messages": {"Called": {"$ref": "#/components/messages/Called"}},
    "bindings": {"http": {}},
}


def asyncapi(events: Iterable[Published]) -> dict[str, Any]:
    """The document."""
    events = tuple(events)
    messages = {_key(event): _message(event) for event in events}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "联动 Liandong", "version": VERSION, "description": DESCRIPTION},
        "defaultContentType": CONTENT_TYPE,
        "servers": {"api": {"host": "{host}:{port}", "protocol": "https", "pathname": "/api",
                            "description": "the services' HTTP API; plain HTTP inside one host only",
                            "variables": {"host": {"default": "127.0.0.1"}, "port": {"default": "8800"}},
                            "security": [{"$ref": "#/components/securitySchemes/token"}]},
                    "broker": {"host": "{host}:{port}", "protocol": "amqp", "protocolVersion": "0.9.1",
                               "description": "RabbitMQ of the city, TLS 1.2 or newer outside one host",
                               "variables": {"host": {"default": "127.0.0.1"}, "port": {"default": "5672"}},
                               "security": [{"$ref": "#/components/securitySchemes/agency"}]}},
        "channels": {**{f"{service}-events": _exchange(service, events) for service in SERVICES},
                     "agency-queue": _queue(messages), "feed": _FEED, "webhook": _WEBHOOK},
        "operations": {
            "readAgencyQueue": {"action": "receive", "channel": {"$ref": "#/channels/agency-queue"},
                                "summary": "An agency's system reads its own queue, and nothing else"},
            "readFeed": {"action": "receive", "channel": {"$ref": "#/channels/feed"},
                         "summary": "An agency's system reads what it was told, from the beginning or from a mark"},
            "receiveWebhook": {"action": "receive", "channel": {"$ref": "#/channels/webhook"},
                               "summary": "An agency's system is called at the address it registered"},
            **{f"follow-{service}": {"action": "receive", "channel": {"$ref": f"#/channels/{service}-events"},
                                     "summary": f"The suite's own services follow {service}"} for service in SERVICES},
        },
        "components": {
            "messages": {**messages, "Delivered": _ITEM, "Called": {**_ITEM, "headers": WEBHOOK_HEADERS}},
            "schemas": {"Envelope": _plain(envelope_schema()), "Headers": HEADERS, "Delivered": DELIVERED,
                        **_fields_once({
                            "Act": object_schema(ACT_FRAME),
                            **{".".join(key): object_schema(facts) for key, facts in common().items()},
                            **{_body(event): _body_schema(event) for event in events}})},
            "securitySchemes": {"agency": {"type": "userPassword", "description": "the agency's user of the broker"},
                                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _key(event: Published) -> str:
    return f"{event.service}.{event.name}"


def _body(event: Published) -> str:
    """The name of its body's schema: one for what every service publishes."""
    return event.name if event.shared else _key(event)


def _body_schema(event: Published) -> dict[str, Any]:
    """What stands nowhere else, beside what every act's event and most of its chapter's have in common."""
    shared = [*(["Act"] if event.acts else []), *([f"{event.service}.{event.chapter}"] if event.common else [])]
    if not shared:
        return object_schema(event.facts)
    enums = {fact.name: {key: told for key, told in schema_of(fact).items() if key in ("enum", "x-words")}
             for fact in event.facts if fact.name in FRAME and fact.choices}
    own = object_schema(event.own)
    own["properties"] = {**enums, **own["properties"]}
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"} for name in shared],
            **{key: told for key, told in own.items() if key != "type" and told}}


def _fields_once(schemas: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The schemas, with each field that several of them have in one way as a schema of its own."""
    fields = [(name, json.dumps(told)) for schema in schemas.values()
              for name, told in schema.get("properties", {}).items()]
    several = Names()
    names = {(name, told): several.of(name, told) for (name, told), times in Counter(fields).items() if times > 1}
    for schema in schemas.values():
        for name, told in schema.get("properties", {}).items():
            if shared := names.get((name, json.dumps(told))):
                schema["properties"][name] = {"$ref": f"#/components/schemas/{shared}"}
    assert not {*schemas} & {*names.values()}
    return {**schemas, **{shared: json.loads(told) for (_, told), shared in names.items()}}


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Without what only a document of its own has."""
    return {key: value for key, value in schema.items() if key not in ("$schema", "$id")}


def _message(event: Published) -> dict[str, Any]:
    data = {"properties": {"type": {"enum": [event.type]}, "dataschema": {"enum": [event.schema_id]},
                           "data": {"$ref": f"#/components/schemas/{_body(event)}"}}}
    return {
        "name": event.type, "title": f"{event.telling.zh} {event.telling.en}",
        "summary": f"{event.telling.when}。 Sent when {event.telling.sent}.",
        "headers": {"$ref": "#/components/schemas/Headers"},
        "payload": {"allOf": [{"$ref": "#/components/schemas/Envelope"}, data]},
    }


def _exchange(service: str, events: tuple[Published, ...]) -> dict[str, Any]:
    its = {key: {"$ref": f"#/components/messages/{key}"} for key in (
        _key(event) for event in events if event.service == service)}
    return {
        "address": f"{service}.{{event}}", "title": spec_of(service).title,
        "servers": _BROKER,
        "description": "The exchange that the suite's services follow; agencies have a queue of their own.",
        "parameters": {"event": {"description": "the event's name, as in its type"}}, "messages": its,
        "bindings": {"amqp": {"is": "routingKey", "bindingVersion": "0.3.0", "exchange": {
            "name": f"{service}.events", "type": "topic", "durable": True, "autoDelete": False, "vhost": "/"}}},
    }


def _queue(messages: dict[str, Any]) -> dict[str, Any]:
    return {
        "address": "agency.{code}", "title": "机关队列", "servers": _BROKER,
        "description": "A quorum queue for each agency of the register: every event that it is told of and has chosen. "
                       "Its length is limited and the oldest goes first; the feed has all.",
        "parameters": {"code": {"description": "the agency's code in the register"}},
        "messages": {key: {"$ref": f"#/components/messages/{key}"} for key in messages},
        "bindings": {"amqp": {"is": "queue", "bindingVersion": "0.3.0", "queue": {
            "name": "agency.{code}", "durable": True, "exclusive": False, "autoDelete": False, "vhost": "/"}}},
    }

"""Every metric of a process, declared once. Label values come only from the register, the rulebook, ACTS and the code.

Figures of the law (deadlines open and settled) are no counters: oversight's exporter reads them from its table. What
people are told of each metric, and when to worry, stands in `liandong/docs_metrics.py`.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()       # type: ignore[no-untyped-call]  # a series beside each counter that nobody asks for
REGISTRY = CollectorRegistry()

ACTS = Counter("liandong_acts_total", "Acts tried, by result: ok, refused, conflict, error.",
               ("service", "act", "result"), registry=REGISTRY)
ACT_SECONDS = Histogram("liandong_act_seconds", "Time to perform an act, its commit with it, by result.",
                        ("service", "result"), registry=REGISTRY,
                        buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10))
REQUESTS = Counter("liandong_http_requests_total", "HTTP requests, by route template.",
                   ("service", "route", "method", "status"), registry=REGISTRY)
REQUEST_SECONDS = Histogram("liandong_http_request_seconds", "Time to answer, by route template.",
                            ("service", "route"), registry=REGISTRY,
                            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10))

JOURNAL_HEAD = Gauge("liandong_journal_head", "The last position of a service's journal.",
                     ("service",), registry=REGISTRY)
SEALED = Gauge("liandong_journal_sealed", "The last position under a signed checkpoint.",
               ("service",), registry=REGISTRY)

RELAY_POSITION = Gauge("liandong_relay_position", "The last position that the broker confirmed.",
                       ("service",), registry=REGISTRY)
RELAY_ACTIVE = Gauge("liandong_relay_active", "1 where this process publishes the service's news.",
                     ("service",), registry=REGISTRY)
PUBLISHED = Counter("liandong_published_total", "Messages by result: confirmed, refused, returned, unconfirmed.",
                    ("service", "result"), registry=REGISTRY)

UNPUBLISHED_SECONDS = Gauge("liandong_unpublished_seconds",
                            "How old the oldest entry is that the broker has not confirmed; 0: none waits.",
                            ("service",), registry=REGISTRY)

AGENCY_PUBLISHED = Counter("liandong_agency_published_total",
                           "Messages to agencies' queues by result: confirmed, refused, returned, unconfirmed.",
                           ("service", "agency", "result"), registry=REGISTRY)
AGENCY_QUEUE_MESSAGES = Gauge("liandong_agency_queue_messages", "Messages that wait in an agency's queue.",
                              ("agency",), registry=REGISTRY)
AGENCY_QUEUE_LIMIT = Gauge("liandong_agency_queue_limit_messages",
                           "Messages that an agency's queue holds; beyond that its oldest go.",
                           ("agency",), registry=REGISTRY)
AGENCY_QUEUE_FULL = Gauge("liandong_agency_queue_full", "1 where an agency's queue is full and drops its oldest.",
                          ("agency",), registry=REGISTRY)

AGENCY_FEED_SEEN = Gauge("liandong_agency_feed_seen_timestamp_seconds",
                         "When an agency's own system last asked for a service's feed.",
                         ("service", "agency"), registry=REGISTRY)
AGENCY_FEED_LAG = Gauge("liandong_agency_feed_lag_seconds",
                        "How old the first entry was that it had not read when it asked last; 0: it was level.",
                        ("service", "agency"), registry=REGISTRY)

WEBHOOK_CALLS = Counter("liandong_webhook_calls_total",
                        "Calls of agencies' webhooks by result: taken, refused (an answer that is no 2xx), unreached.",
                        ("agency", "result"), registry=REGISTRY)
WEBHOOK_FAILING = Gauge("liandong_webhook_failing_seconds",
                        "For how long the webhook of an agency that fails longest has done so; 0: none fails.",
                        ("agency",), registry=REGISTRY)
WEBHOOKS = Gauge("liandong_webhooks", "Webhooks by state: waiting, active, paused, failed.", ("state",),
                 registry=REGISTRY)
WEBHOOK_ACTIVE = Gauge("liandong_webhook_active", "1 where this process calls the webhooks.", registry=REGISTRY)

FOLLOWER_POSITION = Gauge("liandong_follower_position", "The last position of a source that a consumer has handled.",
                          ("consumer", "source"), registry=REGISTRY)
FOLLOWER_LAG = Gauge("liandong_follower_lag", "How many positions a consumer is behind its source, as far as it knows.",
                     ("consumer", "source"), registry=REGISTRY)
UNHANDLED_SECONDS = Gauge("liandong_unhandled_seconds",
                          "How old the oldest entry of a source is that a consumer has not handled; 0: none waits.",
                          ("consumer", "source"), registry=REGISTRY)
FOLLOWED = Counter("liandong_followed_total",
                   "News taken by a consumer, by result: handled, passed, duplicate, parked, held, retried.",
                   ("consumer", "source", "result"), registry=REGISTRY)
GAPS = Counter("liandong_follower_gaps_total", "Times a consumer read its source's feed to fill a gap.",
               ("consumer", "source"), registry=REGISTRY)
PARKED = Gauge("liandong_parked", "Events that wait for a retry or a decision.",
               ("consumer", "source"), registry=REGISTRY)
STOPPED = Gauge("liandong_follower_stopped", "1 where a consumer stopped at an unknown epoch of its source.",
                ("consumer", "source"), registry=REGISTRY)

TICKER_DELAY = Histogram("liandong_ticker_delay_seconds", "How late after its instant a deadline was fired.",
                         ("service",), registry=REGISTRY, buckets=(0.1, 0.5, 1, 5, 10, 30, 60, 300, 3600, 86400))
DEADLINES_OVERDUE = Gauge("liandong_deadlines_overdue", "Deadlines whose instant has come and that are not fired.",
                          ("service",), registry=REGISTRY)
DEADLINES_OVERDUE_SECONDS = Gauge("liandong_deadlines_overdue_seconds",
                                  "For how long the first of them has been so; 0: none is.",
                                  ("service",), registry=REGISTRY)
CALENDAR_UNTIL = Gauge("liandong_calendar_until_timestamp_seconds",
                       "When the last year ends whose calendar a service knows, from this one on without a gap.",
                       ("service",), registry=REGISTRY)
BASIS_UNTIL = Gauge("liandong_basis_until_timestamp_seconds",
                    "When the regulation ends with all that carries it on; +Inf: it has no end.",
                    ("service",), registry=REGISTRY)
KEY_MADE = Gauge("liandong_key_made_timestamp_seconds",
                 "When the key that works now was made, by kind: field, index, sign, token.",
                 ("service", "kind"), registry=REGISTRY)
VERIFY_SUCCESS = Gauge("liandong_verify_success_timestamp_seconds", "When `liandong verify` last found all to hold.",
                       ("service",), registry=REGISTRY)
VERIFY_FAILURE = Gauge("liandong_verify_failure_timestamp_seconds",
                       "When `liandong verify` last found that something does not hold.",
                       ("service",), registry=REGISTRY)
RETENTION_DUE = Gauge(
    "liandong_retention_due",
    "Records whose time of keeping is over: a person decides to erase them.",
    ("service", "class"),
    registry=REGISTRY,
)
DATABASE_CONNECTIONS = Gauge("liandong_database_connections", "Connections of a process's pool that are in use.",
                             ("service",), registry=REGISTRY)
DATABASE_CONNECTIONS_LIMIT = Gauge("liandong_database_connections_limit", "Connections that a process's pool has.",
                                   ("service",), registry=REGISTRY)
HUB_DELAY = Histogram("liandong_hub_delay_seconds", "How late the hub woke a green thread: what blocked it meanwhile.",
                      registry=REGISTRY, buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10))
WATCHED = Gauge("liandong_watched_timestamp_seconds",
                "When a worker last looked at what waits, what is overdue and what ends.",
                ("service",), registry=REGISTRY)
BUILD_INFO = Gauge("liandong_build_info", "1, with the release and the Python that a process runs.",
                   ("version", "python"), registry=REGISTRY)
STEP_FAILURES = Counter("liandong_step_failures_total", "Steps of a background loop that failed and are tried again.",
                        ("service", "loop"), registry=REGISTRY)

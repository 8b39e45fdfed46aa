"""Every metric of a process, declared once. Label values come only from the register, the rulebook, ACTS and the code.

Figures of the law (deadlines open and settled) are no counters: oversight's exporter reads them from its table. What
people are told of each metric, and when to worry, stands in `liandong/docs_metrics.py`.
"""

from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()       # type: ignore[no-untyped-call]  # a series beside each counter that nobody asks for
REGISTRY = CollectorRegistry()
_counter, _histogram = partial(Counter, registry=REGISTRY), partial(Histogram, registry=REGISTRY)
# Where an API has several processes behind its port they are told as one: counters summed, of gauges the highest.
_gauge = partial(Gauge, registry=REGISTRY, multiprocess_mode="livemax")
_latest = partial(Gauge, registry=REGISTRY, multiprocess_mode="mostrecent")

ACTS = _counter("liandong_acts_total", "Acts tried, by result: ok, refused, conflict, error.",
                ("service", "act", "result"))
ACT_SECONDS = _histogram("liandong_act_seconds", "Time to perform an act, its commit with it, by result.",
                         ("service", "result"), buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10))
REQUESTS = _counter("liandong_http_requests_total", "HTTP requests, by route template.",
                    ("service", "route", "method", "status"))
REQUEST_SECONDS = _histogram("liandong_http_request_seconds", "Time to answer, by route template.",
                             ("service", "route"), buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10))

JOURNAL_HEAD = _gauge("liandong_journal_head", "The last position of a service's journal.", ("service",))
EPOCH = _gauge("liandong_journal_epoch",
               "The epoch of a service's journal as a number, which only tells whether it changed.", ("service",))
SEALED = _gauge("liandong_journal_sealed", "The last position under a signed checkpoint.", ("service",))

RELAY_POSITION = _gauge("liandong_relay_position", "The last position that the broker confirmed.", ("service",))
RELAY_ACTIVE = _gauge("liandong_relay_active", "1 where this process publishes the service's news.", ("service",))
PUBLISHED = _counter("liandong_published_total", "Messages by result: confirmed, refused, returned, unconfirmed.",
                     ("service", "result"))

UNPUBLISHED_SECONDS = _gauge("liandong_unpublished_seconds",
                             "How old the oldest entry is that the broker has not confirmed; 0: none waits.",
                             ("service",))

AGENCY_PUBLISHED = _counter("liandong_agency_published_total",
                            "Messages to agencies' queues by result: confirmed, refused, returned, unconfirmed.",
                            ("service", "agency", "result"))
AGENCY_QUEUE_MESSAGES = _gauge("liandong_agency_queue_messages", "Messages that wait in an agency's queue.",
                               ("agency",))
AGENCY_QUEUE_LIMIT = _gauge("liandong_agency_queue_limit_messages",
                            "Messages that an agency's queue holds; beyond that its oldest go.", ("agency",))
AGENCY_QUEUE_FULL = _gauge("liandong_agency_queue_full", "1 where an agency's queue is full and drops its oldest.",
                           ("agency",))

AGENCY_FEED_SEEN = _latest("liandong_agency_feed_seen_timestamp_seconds",
                           "When an agency's own system last asked for a service's feed.", ("service", "agency"))
AGENCY_FEED_LAG = _latest("liandong_agency_feed_lag_seconds",
                          "How old the first entry was that it had not read when it asked last; 0: it was level.",
                          ("service", "agency"))

WEBHOOK_CALLS = _counter("liandong_webhook_calls_total",
                         "Calls of agencies' webhooks by result: taken, refused (an answer that is no 2xx), unreached.",
                         ("agency", "result"))
WEBHOOK_FAILING = _gauge("liandong_webhook_failing_seconds",
                         "For how long the webhook of an agency that fails longest has done so; 0: none fails.",
                         ("agency",))
WEBHOOKS = _gauge("liandong_webhooks", "Webhooks by state: waiting, active, paused, failed.", ("state",))
WEBHOOK_ACTIVE = _gauge("liandong_webhook_active", "1 where this process calls the webhooks.")

FOLLOWER_POSITION = _gauge("liandong_follower_position", "The last position of a source that a consumer has handled.",
                           ("consumer", "source"))
FOLLOWER_LAG = _gauge("liandong_follower_lag",
                      "How many positions a consumer is behind its source, as far as it knows.",
                      ("consumer", "source"))
UNHANDLED_SECONDS = _gauge("liandong_unhandled_seconds",
                           "How old the oldest entry of a source is that a consumer has not handled; 0: none waits.",
                           ("consumer", "source"))
FOLLOWED = _counter("liandong_followed_total",
                    "News taken by a consumer, by result: handled, passed, duplicate, parked, held, retried.",
                    ("consumer", "source", "result"))
GAPS = _counter("liandong_follower_gaps_total", "Times a consumer read its source's feed to fill a gap.",
                ("consumer", "source"))
PARKED = _gauge("liandong_parked", "Events that wait for a retry or a decision.", ("consumer", "source"))
STOPPED = _gauge("liandong_follower_stopped", "1 where a consumer stopped at an unknown epoch of its source.",
                 ("consumer", "source"))

PROBE_ON = _gauge("liandong_probe_on", "1 where a service's worker writes probes, 0 where that is switched off.",
                  ("service",))
PROBE_SECONDS = _gauge("liandong_probe_seconds",
                       "Seconds from when the last probe of a service was recorded to the end of a leg of its way: "
                       "written, published (the broker has it), handled (by the consumer named), canary (in its "
                       "feed).", ("service", "leg", "consumer"))
PROBE_REACHED = _gauge("liandong_probe_success_timestamp_seconds",
                       "When a probe of a service last came to the end of a leg; 0: not since the process began.",
                       ("service", "leg", "consumer"))

TICKER_DELAY = _histogram("liandong_ticker_delay_seconds", "How late after its instant a deadline was fired.",
                          ("service",), buckets=(0.1, 0.5, 1, 5, 10, 30, 60, 300, 3600, 86400))
DEADLINES_OVERDUE = _gauge("liandong_deadlines_overdue", "Deadlines whose instant has come and that are not fired.",
                           ("service",))
DEADLINES_OVERDUE_SECONDS = _gauge("liandong_deadlines_overdue_seconds",
                                   "For how long the first of them has been so; 0: none is.", ("service",))
CALENDAR_UNTIL = _gauge("liandong_calendar_until_timestamp_seconds",
                        "When the last year ends whose calendar a service knows, from this one on without a gap.",
                        ("service",))
LAW_PUBLISHED = _gauge("liandong_law_published_timestamp_seconds",
                       "When what a service knows last of a kind was published: calendar, rulebook.",
                       ("service", "kind"))
BASIS_UNTIL = _gauge("liandong_basis_until_timestamp_seconds",
                     "When the regulation ends with all that carries it on; +Inf: it has no end.", ("service",))
KEY_MADE = _gauge("liandong_key_made_timestamp_seconds",
                  "When the key that works now was made, by kind: field, index, sign, token.", ("service", "kind"))
VERIFY_SUCCESS = _gauge("liandong_verify_success_timestamp_seconds", "When `liandong verify` last found all to hold.",
                        ("service",))
VERIFY_FAILURE = _gauge("liandong_verify_failure_timestamp_seconds",
                        "When `liandong verify` last found that something does not hold.", ("service",))
RETENTION_DUE = _gauge("liandong_retention_due",
                       "Records whose time of keeping is over: a person decides to erase them.", ("service", "class"))
DATABASE_CONNECTIONS = _gauge("liandong_database_connections", "Connections of a process's pool that are in use.",
                              ("service",))
DATABASE_CONNECTIONS_LIMIT = _gauge("liandong_database_connections_limit", "Connections that a process's pool has.",
                                    ("service",))
SPANS = _counter("liandong_spans_total",
                 "Spans of recorded traces: ended here, sent to the collector, lost as it did not take them. Those "
                 "that ended and are neither wait in memory, or went for want of room there.", ("result",))
HUB_DELAY = _histogram("liandong_hub_delay_seconds",
                       "How late the hub woke a green thread: what blocked it meanwhile.",
                       buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10))
WATCHED = _gauge("liandong_watched_timestamp_seconds",
                 "When a worker last looked at what waits, what is overdue and what ends.", ("service",))
BUILD_INFO = _gauge("liandong_build_info", "1, with the release and the Python that a process runs.",
                    ("version", "python"))
STEP_FAILURES = _counter("liandong_step_failures_total", "Steps of a background loop that failed and are tried again.",
                         ("service", "loop"))

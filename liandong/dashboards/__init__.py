"""Grafana's dashboards as code: `liandong dashboards` writes deploy/grafana/dashboards from what stands here.

`queries` has the PromQL that several panels share, `parts` the kinds of panels, `frame` what every dashboard has;
each other file is a dashboard or three. Needs grafana-foundation-sdk, one of the tests' dependencies (decision 24).
"""

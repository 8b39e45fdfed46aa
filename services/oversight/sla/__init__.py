"""SLA figures for Prometheus, counted on the board at each scrape. Begin with `collector`."""

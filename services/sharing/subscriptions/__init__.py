"""订阅: which events an agency's own system is sent without asking. Begin with `domain`."""

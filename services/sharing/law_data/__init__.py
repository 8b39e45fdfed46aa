"""The rulebook's code lists over HTTP. Begin with `api`."""

"""Deadlines: rules (pure: model, counting, rules, explain), where they are kept (store), what fires them (ticker)."""

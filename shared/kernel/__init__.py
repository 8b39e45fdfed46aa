"""What every package stands on: refusals (`errors`), the clock, ids, settings, hosts that may be called, strict YAML
files and the size of a page. Any package may import it; it imports no other. Begin with `errors`.
"""

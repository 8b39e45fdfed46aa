"""Keys and what is done with them: digests that name their algorithm, the key ring in a folder (`keys`), encryption,
keyed indexes and signatures (`vault`). Any package above may import it. Begin with `vault`.
"""

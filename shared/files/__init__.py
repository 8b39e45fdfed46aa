"""Materials: bytes under their own digest, stored before the commit that names them."""

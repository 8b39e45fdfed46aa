"""Materials: bytes under their own digest, stored before the commit that names them."""

from shared.files.store import Files, Stored

__all__ = ["Files", "Stored"]

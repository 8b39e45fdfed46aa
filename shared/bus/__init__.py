"""News between services: the relay, followers, parking, and all that knows Nameko."""

import warnings

# eventlet announces its own retirement at import (docs/adr); no other warning is silenced
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

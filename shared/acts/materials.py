"""添加材料: the materials of a case, numbered from 1, each with what was said of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.acts.codes import listed
from shared.acts.model import Context
from shared.kernel.errors import Refusal, Rows, demand

MATERIAL_UNNAMED = Refusal("MATERIAL_UNNAMED", "材料应当写明名称和种类。", "A material has a name and a kind.", "internal",
                           where="name")
MATERIAL_COUNT = Refusal("MATERIAL_COUNT", "材料应当写明份数和页数。", "A material has at least one copy and one page.",
                         "internal", where="copies")
UNKNOWN_CARRIER = Refusal("UNKNOWN_CARRIER", "应当写明材料的载体。", "The material's carrier is required.", "internal",
                          where="carrier")
NO_DIGEST = Refusal("NO_DIGEST", "电子材料应当附文件及其 SHA-256 摘要。",
                    "An electronic material needs its file and SHA-256 digest.", "internal", where="digest")
REFUSALS = (MATERIAL_UNNAMED, MATERIAL_COUNT, UNKNOWN_CARRIER, NO_DIGEST)
ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class AddMaterial:
    name: str
    kind: str                           # coded in material_kinds: site_record …
    copies: int
    pages: int
    original: bool
    carrier: str                        # coded in carriers
    digest: str = ""                    # "sha256:…" of the stored file; a thing that is no file has none


@dataclass(frozen=True, slots=True)
class Material:
    """A material of the case under its number there; numbers run from 1 and are never used again."""

    number: int
    said: AddMaterial
    added_by: str
    added_on: date


def demanded(command: AddMaterial, context: Context, unnamed: Refusal) -> Rows:
    """What a material must say of itself. `unnamed`: the chapter's own words where name or kind lack."""
    return (
        listed(context, "material_kinds", command.kind, unnamed, also=command.name),
        (command.copies >= 1 and command.pages >= 1, MATERIAL_COUNT),
        listed(context, "carriers", command.carrier, UNKNOWN_CARRIER),
        (command.carrier != ELECTRONIC or command.digest, NO_DIGEST),
    )


def next_material(materials: Sequence[Material], command: AddMaterial, context: Context,
                  unnamed: Refusal) -> Material:
    """The case's next material. Raises Refused with all that lacks."""
    demand(*demanded(command, context, unnamed))
    return Material(len(materials) + 1, command, context.viewer.agency, context.happened_on)

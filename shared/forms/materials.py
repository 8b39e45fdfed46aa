"""添加材料: what is said of a material, with or without a file of its own."""

from typing import Any

from shared.acts.materials import AddMaterial
from shared.forms.parts import coded, said
from shared.forms.schemas import ActSchema, Flag, Whole


class AddMaterialSchema(ActSchema):
    makes = AddMaterial
    name = said("材料名称")
    kind = coded("材料种类", "material_kinds")
    copies = Whole("份数", most=10_000, load_default=0)
    pages = Whole("页数", most=100_000, load_default=0)
    original = Flag("原件", required=True)
    carrier = coded("载体", "carriers")

    def __init__(self, *, digest: str = "") -> None:
        """`digest`: of the file uploaded with it. It is never taken from the body: whoever could name another's file
        by its digest could read it."""
        super().__init__()
        self._digest = digest

    def make(self, data: dict[str, Any]) -> AddMaterial:
        return AddMaterial(**data, digest=self._digest)

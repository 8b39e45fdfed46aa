"""添加材料 to a plan. Pure."""

from dataclasses import replace
from typing import TypeVar

from shared.acts.materials import MATERIAL_UNNAMED, AddMaterial, next_material
from shared.acts.model import Context, Outcome
from shared.plans.facts import done
from shared.plans.plan import Plan

P = TypeVar("P", bound=Plan)


def add_material(plan: P, command: AddMaterial, context: Context) -> Outcome[P]:
    material = next_material(plan.materials, command, context, MATERIAL_UNNAMED)
    after = replace(plan, materials=(*plan.materials, material))
    return done(after, context, {"material": material.number, "kind": command.kind})

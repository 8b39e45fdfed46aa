"""What an act of chapter 3 needs besides its case: its words for document numbers. The hooks are every plan's."""

from services.joint.corrections import ROWS
from services.joint.domain import CHAPTER
from services.joint.store import PLANS
from shared.plans.usecases import hooks

SIGN = "联"            # before every word: 荣住建联报字〔2025〕第1号
WORDS = {"report": "总字"}
HOOKS = hooks(CHAPTER, PLANS, SIGN, WORDS, ROWS)

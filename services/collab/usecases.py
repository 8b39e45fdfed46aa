"""What an act of chapter 2 needs besides its case: its words for document numbers. The hooks are every plan's."""

from services.collab.corrections import ROWS
from services.collab.domain import CHAPTER
from services.collab.store import PLANS
from shared.plans.usecases import hooks

SIGN = "协"            # before every word: 荣住建协报字〔2025〕第1号
WORDS = {"decline": "拒字", "report": "情字", "add-closing-report": "结字"}
HOOKS = hooks(CHAPTER, PLANS, SIGN, WORDS, ROWS)

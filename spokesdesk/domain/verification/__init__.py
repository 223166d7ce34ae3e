"""Who is asking (xác minh người làm báo): what was shown, its worth on that day, what may not be demanded."""

from spokesdesk.domain.verification.demands import may_demand, may_not_demand, not_to_be_kept
from spokesdesk.domain.verification.judge import verify
from spokesdesk.domain.verification.records import (
    CardFacts,
    DefenceFacts,
    Facts,
    ForeignFacts,
    LetterFacts,
    Verification,
    VerificationKind,
    VerificationResult,
)

__all__ = [
    "CardFacts",
    "DefenceFacts",
    "Facts",
    "ForeignFacts",
    "LetterFacts",
    "Verification",
    "VerificationKind",
    "VerificationResult",
    "may_demand",
    "may_not_demand",
    "not_to_be_kept",
    "verify",
]

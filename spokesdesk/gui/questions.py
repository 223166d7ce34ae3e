"""Questions as typed and as kept: one a line, or a numbered list whose items may run over several lines."""

import re
from collections.abc import Sequence

from spokesdesk.domain.language import gettext as _

# "1. ", "2) ", "Câu 3: " or a dash; "15/11 …" and "1.500 hộ …" are text, not numbers of questions.
_NUMBER = re.compile(r"\s*(?:(?:câu(?: hỏi)?\s*)?\d{1,2}\s*[.):]\s+|[-–•+*]\s+)(?=\S)", re.IGNORECASE)


def split_questions(text: str) -> tuple[str, ...]:
    """Give one text a question, without numbers.

    Args:
        text: as typed; when any line carries a number or a dash, the lines without one continue the question
            above them, else every line is a question of its own.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    numbered = any(_NUMBER.match(line) for line in lines)
    questions: list[list[str]] = []
    for line in lines:
        mark = _NUMBER.match(line)
        if mark or not numbered or not questions:
            questions.append([line[mark.end() if mark else 0 :].strip()])
        else:
            questions[-1].append(line.strip())
    return tuple(" ".join(parts) for parts in questions)


def numbered(questions: Sequence[str]) -> str:
    """Give the questions as a numbered list; a single one stays as it is."""
    if len(questions) < 2:
        return "\n".join(questions)
    return "\n".join(_("{n}. {question}").format(n=n, question=each) for n, each in enumerate(questions, 1))

"""An error in words beside its field: the field is called as it is labelled, not as the program calls it."""

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.words import word
from spokesdesk.gui.widgets.fields import Field


def sentence(error: DeskError, field: Field | None = None) -> str:
    """Say an error; a field's label stands for its name, and a letter file's keys are left out."""
    label = field.label.text() if field is not None else ""
    named = type(error)(error.code, field=label or error.field, **error.params)
    said, key = word(named), error.params.get("key")
    if key and "name" in error.params:
        return said.replace(f" (“{key}”)", "")
    return said.replace(f"“{key}”", f"“{label}”") if key and label else said


def show_error(fields: list[Field], error: DeskError | None, *, focus: bool = True) -> bool:
    """Say an error at the field it names and take it back at all others; False when no field has that name.

    Args:
        focus: put the cursor there; not while one is typing elsewhere.
    """
    path = error.field if error is not None and error.field else ""
    matching = [field for field in fields if path == field.name or path.startswith(f"{field.name}.")]
    wanted = max(matching, key=lambda field: len(field.name), default=None) if path else None
    for field in fields:
        field.set_error(sentence(error, field) if error is not None and field is wanted else "")
    if wanted is not None and focus:
        wanted.focus()
    return wanted is not None

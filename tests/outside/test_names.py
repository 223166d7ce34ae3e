import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.outside.names import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Công văn 214/STTTT.pdf", "Công văn 214_STTTT.pdf"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("..", "tep"),
        ("", "tep"),
        ("a\u202efdp.exe", "a_fdp.exe"),
        ("thư mời. ", "thư mời"),
        ("C:\\Windows\\x.dll", "C__Windows_x.dll"),
    ],
)
def test_names_that_some_system_refuses_are_changed(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_any_text_gives_one_plain_file_name(name: str) -> None:
    safe = safe_name(name)
    assert safe == safe_name(safe)
    assert 0 < len(safe.encode("utf-8", "surrogatepass")) <= 255
    assert not set(safe) & set('<>:"/\\|?*\0\u202e')
    assert safe.strip(". ") == safe or safe.startswith(".")
    assert safe == unicodedata.normalize("NFC", safe)


def test_a_long_name_keeps_its_ending() -> None:
    safe = safe_name("Đề nghị cải chính " * 30 + ".docx")
    assert safe.endswith(".docx")
    assert len(safe.encode()) <= 240

"""The Debian packages' pure parts: what goes in, what the papers say, what the portal needs."""

import ast
import importlib.metadata
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from installer.debian import build, papers, program, wheels
from installer.environment import ROOT
from installer.parts import Part, build_note, cyclonedx, digest, program_version, sources
from installer.reproduce import differences
from installer.talk import SetupError
from tests.judges import judge


def wheel(folder: Path, name: str, files: dict[str, bytes], needs: str = "") -> Path:
    made = folder / name
    title = name.split("-", maxsplit=1)[0]
    with zipfile.ZipFile(made, "w") as archive:
        head = f"Name: {title}\nVersion: 1.0\nLicense-Expression: MIT\n"
        archive.writestr(f"{title}-1.0.dist-info/METADATA", head + needs)
        archive.writestr(f"{title}-1.0.dist-info/licenses/", b"")
        archive.writestr(f"{title}-1.0.dist-info/licenses/LICENSE", b"MIT")
        for inside, data in files.items():
            archive.writestr(inside, data)
    return made


@pytest.mark.parametrize(
    ("name", "is_wanted"),
    [
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("PySide6/Qt/lib/libQt6XcbQpa.so.6", True),
        ("PySide6/Qt/lib/libicudata.so.73", True),
        ("PySide6/QtWidgets.abi3.so", True),
        ("PySide6/libpyside6.abi3.so.6.8", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/libpyside6qml.abi3.so.6.8", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", False),
        ("PySide6/QtCore.pyi", False),
        ("PySide6/designer", False),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("keyring-25.7.0.dist-info/RECORD", False),
        ("babel/locale-data/vi.dat", True),
    ],
)
def test_only_what_the_program_loads_goes_in(name: str, is_wanted: bool) -> None:
    assert wheels.wanted(name) is is_wanted


def test_every_part_of_qt_that_the_window_imports_is_kept() -> None:
    used = set()
    for file in (ROOT / "spokesdesk" / "gui").rglob("*.py"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith(("from PySide6.Qt", "import PySide6.Qt")):
                used.add(line.split("PySide6.Qt")[1].split()[0])
    assert used <= wheels.QT_MODULES


def test_wheels_of_several_pythons_lie_in_one_folder_unless_they_differ(tmp_path: Path) -> None:
    one = wheel(tmp_path, "x-1.0-cp311-cp311-linux.whl", {"x/a.py": b"1", "x/c.cpython-311-x.so": b"b"})
    two = wheel(tmp_path, "x-1.0-cp312-cp312-linux.whl", {"x/a.py": b"1", "x/c.cpython-312-x.so": b"c"})
    wheels.laid_out(tmp_path / "lib", [one, two])
    assert sorted(path.name for path in (tmp_path / "lib" / "x").iterdir()) == [
        "a.py",
        "c.cpython-311-x.so",
        "c.cpython-312-x.so",
    ]
    other = wheel(tmp_path, "x-1.0-cp313-cp313-linux.whl", {"x/a.py": b"2"})
    with pytest.raises(SetupError, match=r"x/a\.py"):
        wheels.laid_out(tmp_path / "lib", [other])


def test_the_portal_gets_what_it_needs_and_nothing_of_the_desk(tmp_path: Path) -> None:
    a = wheel(tmp_path, "a-1.0-py3-none-any.whl", {}, 'Requires-Dist: b-c>=1; python_version > "3"\n')
    b = wheel(tmp_path, "b_c-1.0-py3-none-any.whl", {}, 'Requires-Dist: desk; extra == "window"\n')
    desk = wheel(tmp_path, "desk-1.0-py3-none-any.whl", {})
    assert wheels.needed([a, b, desk], ["a"]) == [a, b]
    with pytest.raises(SetupError, match="nowhere"):
        wheels.needed([a], ["nowhere"])


def test_everything_that_the_portal_imports_is_among_its_roots() -> None:
    inside = sources("spokesdesk", without=program.WITHOUT["portal"])
    rooms = ("spokesdesk/server/", "spokesdesk/wire", "spokesdesk/domain/", "spokesdesk/typeset/verify.py")
    used = {
        name.split(".")[0]
        for path, file in inside.items()
        if path.startswith(rooms) and path.endswith(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _names(node)
    }
    makers = importlib.metadata.packages_distributions()
    needed = {maker.lower().replace("_", "-") for name in used for maker in makers.get(name, ())}
    brought = {"anyio", "h11", "pyhanko-certvalidator"}  # by starlette, uvicorn and pyhanko
    assert needed - brought - set(wheels.PORTAL_ROOTS) == set()
    assert "sqlalchemy" in needed


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def test_neither_package_carries_the_other_ones_rooms() -> None:
    desk = sources("spokesdesk", "resources", without=program.WITHOUT["desk"])
    portal = sources("spokesdesk", "resources", without=program.WITHOUT["portal"])
    assert not [name for name in desk if name.startswith("spokesdesk/server/")]
    assert "spokesdesk/resources/fonts/BeVietnamPro-Regular.ttf" in desk
    assert {"spokesdesk/server/commands.py", "spokesdesk/__main__.py", "spokesdesk/wire/__init__.py"} <= set(
        portal
    )
    assert not [name for name in portal if name.startswith(("spokesdesk/gui/", "spokesdesk/store/"))]


def test_the_papers_name_version_needs_licences_and_changes() -> None:
    told = papers.control("spokesdesk", "0.2.0", 1000)
    assert "Version: 0.2.0\nArchitecture: amd64\n" in told
    assert "python3.11 | python3.12 | python3.13" in told
    assert "libxcb-cursor0" in told
    assert "PySide" not in papers.control("spokesdesk-portal", "0.2.0", 1000)
    parts = [Part("lxml", "6.1", "BSD-3-Clause", "0", "x"), Part("lxml", "6.1", "BSD-3-Clause", "1", "y")]
    assert papers.copyright_text("spokesdesk", parts).count("lxml 6.1\n    BSD-3-Clause") == 1
    lines = papers.debian_changelog("spokesdesk", "0.2.0", 1_800_000_000).splitlines()
    assert lines[0] == "spokesdesk (0.2.0) stable; urgency=medium"
    assert lines[-1].endswith("Fri, 15 Jan 2027 08:00:00 +0000")
    assert max(map(len, lines)) <= 80 + 40
    assert all(line.startswith(("  * ", "    ", " -- ", "spokesdesk")) for line in lines if line)


def test_icons_come_out_of_the_windows_icon_whole() -> None:
    found = papers.icons(build.ICON)
    assert {16, 32, 48, 64, 128} <= set(found)
    assert all(picture.endswith(b"IEND\xaeB`\x82") for picture in found.values())


def test_the_list_of_parts_is_what_cyclonedx_says_it_must_be(tmp_path: Path) -> None:
    one = wheel(tmp_path, "x-1.0-cp311-cp311-linux.whl", {})
    two = wheel(tmp_path, "x-1.0-cp312-cp312-linux.whl", {"x.py": b"1"})
    other = wheel(tmp_path, "y-1.0-py3-none-any.whl", {})
    text = json.dumps(cyclonedx(program.parts_of([one, two, other], "0.2.0"), "2026-11-27T00:00:00+00:00"))
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(text) is None
    listed = json.loads(text)["components"]
    assert len({part["bom-ref"] for part in listed if "bom-ref" in part}) == 3
    assert all(part["hashes"][0]["alg"] == "SHA-256" for part in listed)


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project
    assert "version" in project["dynamic"]
    assert (
        json.loads(build_note(program_version(), "deb", program.PLATFORM, 0))["version"] == program_version()
    )


def test_the_same_folder_is_packed_into_the_same_bytes(tmp_path: Path) -> None:
    judge("zstd")
    packed = []
    for turn in ("one", "two"):
        folder = tmp_path / turn / "SpokesDesk"
        for name in ("b", "a/ổ") if turn == "one" else ("a/ổ", "b"):
            program.put(folder / name, b"x", 0o755)
        (folder / "link").symlink_to("/usr/bin/python3.11")
        program.sealed(folder, 1_800_000_000)
        packed.append(
            build.archived(folder, tmp_path / f"{turn}.tar.zst", 1_800_000_000, fast=True).read_bytes()
        )
    assert packed[0] == packed[1]


def test_what_differs_between_two_builds_is_named_file_by_file(tmp_path: Path) -> None:
    judge("zstd")
    packed = []
    for turn, text in (("one", b"x"), ("two", b"y")):
        folder = tmp_path / turn / "SpokesDesk"
        program.put(folder / "same", b"x")
        program.put(folder / "changed", text)
        program.put(folder / f"only-{turn}", b"x")
        program.sealed(folder, 1_800_000_000)
        packed.append(build.archived(folder, tmp_path / f"{turn}.tar.zst", 1_800_000_000, fast=True))
    found = differences(*packed)
    assert [line for line in found if "chỉ có ở một bản" in line] == [
        "SpokesDesk/only-one: chỉ có ở một bản",
        "SpokesDesk/only-two: chỉ có ở một bản",
    ]
    assert "SpokesDesk/changed" in found
    assert "SpokesDesk/same" not in found
    assert differences(packed[0], packed[0]) == []


def test_wheels_that_lie_there_are_taken_only_with_the_hash_of_the_lock(tmp_path: Path) -> None:
    held = wheel(tmp_path, "x-1.0-py3-none-any.whl", {})
    right = {digest(held)}
    assert wheels._locked(tmp_path, {"x"}, right) == {held.name: held}
    assert wheels._locked(tmp_path, {"x"}, {"0" * 64}) == {}
    assert wheels._locked(tmp_path, {"y"}, right) == {}

"""What is handed to whoever runs the service says all of it, and nothing that is not so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = [ROOT / "ops/register.env.example", ROOT / "ops/owner.env.example"]
OF_A_DEMO = {"DEMO", "INSTALL_DEMO", "TODAY", "DEBUG"}
OF_OTHERS = {"BACKUP_KEY", "BACKUP_DATABASE_URL"}  # read by bin/backup
READ = re.compile(r"""\benv(?:\.\w+)?\(\s*"([A-Z_]+)"|\benv\.get\("([A-Z_]+)""")
NAMED = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def test_every_setting_stands_in_the_examples_and_no_other():
    read = {one or other for path in ("settings", "database") for one, other in READ.findall(source(path))}
    named = {name for path in EXAMPLES for name in NAMED.findall(path.read_text())}
    assert {name for name in read if not name.startswith("TEST_")} - OF_A_DEMO == named - OF_OTHERS


def source(name):
    return (ROOT / "config" / f"{name}.py").read_text()


def test_the_web_server_is_not_told_the_owners_address():
    web = (ROOT / "ops/systemd/register-web.service").read_text()
    assert "owner.env" not in web
    assert "OWNER" not in EXAMPLES[0].read_text()
    assert "Restart=always" in web


@pytest.mark.parametrize("path", sorted((ROOT / "ops/systemd").iterdir()), ids=lambda path: path.name)
def test_each_unit_starts_what_is_there(path):
    for line in re.findall(r"^ExecStart=(.+?)(?<!\\)$", path.read_text(), re.MULTILINE | re.DOTALL):
        program, *words = line.replace("\\\n", " ").split()
        place = ROOT / program.removeprefix("/opt/register/")
        assert program.startswith("/opt/register/")
        assert ".venv" in place.parts or place.exists()
        if "manage.py" in words:
            command = words[words.index("manage.py") + 1]
            assert list(ROOT.glob(f"*/management/commands/{command}.py"))


def test_the_page_names_commands_and_files_that_are_there():
    page = (ROOT / "docs/operations.md").read_text()
    for command in set(re.findall(r"manage\.py (\w+)", page)) - {"migrate", "collectstatic", "check"}:
        assert list(ROOT.glob(f"*/management/commands/{command}.py")), command
    for name in set(re.findall(r"(?<![/\w])(ops/[\w./]+\w|bin/\w+)", page)):
        assert (ROOT / name).exists(), name

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


def proxy(name):
    """The values that the proxy's example gives to a directive."""
    text = (ROOT / "ops/nginx.conf.example").read_text()
    return re.findall(rf"^\s*{name}\s+([^;]+);", text, re.MULTILINE)


def test_the_proxy_speaks_tls_of_today_alone_and_sends_everybody_there():
    assert proxy("ssl_protocols") == ["TLSv1.2 TLSv1.3"]
    ciphers = ":".join(proxy("ssl_ciphers")).split(":")
    assert ciphers
    for one in ciphers:  # each makes keys that are gone afterwards, and encrypts with a check
        assert one.startswith("ECDHE-")
        assert "-GCM-" in one or one.endswith("-POLY1305")
    assert proxy("listen") == ["80", "443 ssl http2"]
    assert proxy("return")[0] == "301 https://$host$request_uri"


def test_the_proxy_believes_no_header_of_the_caller():
    """What the service believes of a proxy is written by the proxy, never added to."""
    sent = dict(one.split(maxsplit=1) for one in proxy("proxy_set_header"))
    assert sent == {"Host": "$host", "X-Forwarded-For": "$remote_addr", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize("unit", ["register-web.service", "register-daily.service"])
def test_the_service_calls_this_machine_alone_and_never_sees_the_history_of_its_source(unit):
    lines = (ROOT / "ops/systemd" / unit).read_text().splitlines()
    assert {"IPAddressDeny=any", "IPAddressAllow=localhost", "InaccessiblePaths=-/opt/register/.git"} <= set(lines)

"""What the service is made of, and what is known to be wrong with it: a bill of materials, and the known vulnerabilities."""

import json
import subprocess

from _setup import PYTHON, ROOT, say

BILL = ROOT / "var" / "sbom.json"


def bill_of_materials(env: dict[str, str]) -> bool:
    """Write every package of a real service, with version and hashes, to `var/sbom.json` (CycloneDX); False if it failed."""
    BILL.parent.mkdir(mode=0o700, exist_ok=True)
    words = [PYTHON, "-m", "cyclonedx_py", "requirements", "requirements.txt", "--of", "JSON", "-o", BILL]
    done = subprocess.run([str(word) for word in words], cwd=ROOT, env=env, capture_output=True, text=True)
    good = done.returncode == 0 and bool(json.loads(BILL.read_text()).get("components"))
    say(f"bill of materials: {'ok' if good else 'FAILED'}")
    return good


def vulnerabilities(env: dict[str, str]) -> tuple[bool, str]:
    """Whether no package of a real service has a known vulnerability, and a note where the list of them was out of reach."""
    words = [PYTHON, "-m", "pip_audit", "-r", "requirements.txt", "--require-hashes", "--disable-pip", "-f", "json"]
    try:
        done = subprocess.run(
            [str(word) for word in words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
        )
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        packages = []
    return judged(packages)


def judged(packages: list[dict]) -> tuple[bool, str]:
    """What `pip-audit` found of each package, as an answer: good or not, and what to say besides."""
    bad = [f"{one['name']} {one['version']}: {fault['id']}" for one in packages for fault in one.get("vulns", ())]
    asked = [one for one in packages if "vulns" in one]
    if bad:
        say("known vulnerabilities: FAILED\n  " + "\n  ".join(bad))
        return False, ""
    if len(asked) < len(packages) or not packages:
        say(f"known vulnerabilities: asked of {len(asked)} of {len(packages)} packages")
        return (
            True,
            "The list of known vulnerabilities could not be asked of every package (no network?): see pip-audit.",
        )
    say("known vulnerabilities: ok")
    return True, ""

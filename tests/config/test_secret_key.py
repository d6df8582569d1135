"""The generated key of the demo and of tests."""

import stat

from config.secret_key import local_secret


def test_secret_is_made_once_and_is_private(tmp_path):
    first = local_secret(tmp_path / "a")
    assert local_secret(tmp_path / "a") == first
    assert local_secret(tmp_path / "b") != first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "a" / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "a").iterdir()] == ["secret-key"]

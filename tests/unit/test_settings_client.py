"""The client for the device's settings, over a real socket."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from milk_coach.alexa.settings_client import SettingsClient


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = 403 if self.path == "/refused" else 200
        self.send_response(status)
        self.end_headers()
        if status == 200:
            self.wfile.write(f'"{self.headers["Authorization"]}"'.encode())

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Plain http in a test: what is replaced is the scheme, nothing else."""
    http = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    plain = urllib.request.urlopen

    def without_tls(request: Any, timeout: float) -> Any:
        request.full_url = request.full_url.replace("https://", "http://")
        return plain(request, timeout=timeout)

    monkeypatch.setattr(urllib.request, "urlopen", without_tls)
    yield f"https://127.0.0.1:{http.server_port}"
    http.shutdown()
    thread.join()
    http.server_close()


def request(url: str) -> SimpleNamespace:
    return SimpleNamespace(url=url, method="GET", headers=[("Authorization", "Bearer test")])


def test_a_setting_is_fetched_with_its_headers(server: str) -> None:
    answered = SettingsClient().invoke(request(f"{server}/zone"))
    assert (answered.status_code, answered.body) == (200, '"Bearer test"')


def test_a_refusal_is_an_answer(server: str) -> None:
    assert SettingsClient().invoke(request(f"{server}/refused")).status_code == 403


def test_nothing_but_https_is_asked() -> None:
    with pytest.raises(ValueError, match="https"):
        SettingsClient().invoke(request("http://api.amazonalexa.com/v2"))


def test_a_service_that_is_down_raises_at_once() -> None:
    with pytest.raises(OSError, match=r"refused|reset|unreachable"):
        SettingsClient().invoke(request("https://127.0.0.1:9/zone"))

"""Fetches the device's settings from Alexa, with a timeout: the SDK's own client waits for ever."""

from __future__ import annotations

from typing import Any

from ask_sdk_model.services import ApiClient, ApiClientResponse

TIMEOUT_S = 1.5
"""An answer is due within eight seconds in all; a clock time is not worth more than this of them."""
_LONGEST_BODY = 10_000


class SettingsClient(ApiClient):
    """The SDK's transport, by the standard library. Only https, and only what the SDK itself asks for."""

    def invoke(self, request: Any) -> ApiClientResponse:
        """The response to a request; an HTTP error is a response too. Raises OSError when nothing answers in time."""
        from urllib.error import HTTPError  # here: a tenth of a cold start, and most conversations know their zone
        from urllib.request import Request, urlopen

        if not request.url.startswith("https://"):
            raise ValueError("the settings service is reached by https only")
        sent = Request(request.url, method=request.method, headers=dict(request.headers))
        try:
            with urlopen(sent, timeout=TIMEOUT_S) as answered:
                return _response(answered.status, answered.read(_LONGEST_BODY), answered.headers.items())
        except HTTPError as refused:
            return _response(refused.code, b"", refused.headers.items())


def _response(status: int, body: bytes, headers: Any) -> ApiClientResponse:
    return ApiClientResponse(status_code=status, body=body.decode("utf-8", "replace"), headers=list(headers))

class Headers(dict):
    """Headers by name; the case of names does not matter."""

    def __getitem__(self, name):
        return dict.__getitem__(self, name.lower())

    def __contains__(self, name):
        return dict.__contains__(self, name.lower())

    def get(self, name, default=None):
        return dict.get(self, name.lower(), default)


class HttpResponse:
    """What a server answered."""

    def __init__(self, status, url, headers, content, text):
        self.status = status
        self.status_code = status
        self.url = url
        self.headers = Headers(headers)
        self.content = content
        self._text = text

    @property
    def ok(self):
        return self.status < 400

    @property
    def text(self):
        if self._text is None:
            self._text = self.content.decode("utf-8", "replace")
        return self._text

    def json(self):
        try:
            return parse_json(self.text.removeprefix("\ufeff"))
        except ValueError as error:
            raise ValueError(f"the response is not JSON: {error}") from None

    def raise_for_status(self):
        if self.status >= 400:
            raise OSError(f"the server answered with status {self.status}: {self.url}")
        return self

    def __repr__(self):
        return f"<HttpResponse {self.status}>"


def fetch(url, headers=None, timeout=None):
    """Get a URL and return the response."""
    return HttpResponse(*_send_request("GET", url, headers, None, None, timeout, True))


def send_request(method, url, headers=None, body=None, json=None, timeout=None, follow_redirects=True):
    """Send a request and return the response."""
    return HttpResponse(*_send_request(method, url, headers, body, json, timeout, follow_redirects))

"""A web server on this machine, for as long as it is needed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


@contextmanager
def served(pages: dict[str, bytes]) -> Iterator[str]:
    """Serve pages; return the server's host and port. What is no page leads into a network."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(302 if page is None else 200)
            self.send_header("location" if page is None else "content-type", _PLACE[page is None])
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, format: str, *words: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


_PLACE = {True: "ftp://127.0.0.1/", False: "text/html"}

"""The web face: deliveries of platforms, health and numbers. Every body is small; work is rows."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.concurrency import run_in_threadpool

from integrations.service.exposition import MEDIA_TYPE
from integrations.service.intake import LARGEST, Intake
from integrations.service.numbers import Numbers
from integrations.service.service import Service
from integrations.web_described import delivered, delivery, refusals
from integrations.web_manners import Manners
from integrations.web_shortcut import REFUSALS, Shortcut, refuse

SECRET = "x-quiethand-path-secret"  # what stood behind the account in the address


def make_app(
    intake: Intake, service: Service, numbers: Numbers, ready: Callable[[], str]
) -> FastAPI:
    """Build the app; it starts and stops the service with itself."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        await service.stop()

    app = FastAPI(title="Quiethand", lifespan=life, docs_url=None, redoc_url=None)
    app.router.redirect_slashes = False  # would repeat whatever host a request names
    _deliveries(app, intake)
    app.add_middleware(Manners)
    _health(app, numbers, ready)
    for kind in REFUSALS:
        app.add_exception_handler(kind, refuse)
    return app


def _deliveries(app: FastAPI, intake: Intake) -> None:
    @app.get(
        "/channels/{kind}/{account}",
        response_class=PlainTextResponse,
        responses=refusals(404) | {403: {"description": "Who asks does not know what we agreed."}},
    )
    async def challenge(kind: str, account: str, request: Request) -> Response:
        """Answer a platform that asks whether this address is ours."""
        answer = intake.channel(kind, account).challenge(dict(request.query_params))
        if answer is None:
            return Response(status_code=403)
        kind_of = "application/json" if answer.startswith("{") else "text/plain"
        return Response(answer, media_type=kind_of)

    described: dict[str, Any] = {"responses": delivered(), "openapi_extra": delivery()}

    async def delivered_to(request: Request, kind: str, account: str, secret: str = "") -> Response:
        """Store what a platform delivers, then acknowledge it."""
        if not _is_json(request.headers.get("content-type", "")):
            return JSONResponse({"error": "Send application/json."}, 415)
        raw = await _body(request)
        if raw is None:
            return JSONResponse({"error": f"More than {LARGEST:,} bytes."}, 413)
        headers = {**{k.lower(): v for k, v in request.headers.items()}, SECRET: secret}
        return JSONResponse({"stored": await intake.deliver(kind, account, raw, headers)})

    for place in ("/channels/{kind}/{account}", "/channels/{kind}/{account}/{secret}"):
        app.add_api_route(place, delivered_to, methods=["POST"], **described)
    app.add_middleware(Shortcut, deliver=delivered_to)


def _is_json(kind: str) -> bool:
    kind = kind.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


async def _body(request: Request) -> bytes | None:
    """Read a body, but never more than a delivery may have."""
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > LARGEST:
            return None
    return bytes(raw)


def _health(app: FastAPI, numbers: Numbers, ready: Callable[[], str]) -> None:
    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "ok"}

    @app.get("/readyz", responses={503: {"description": "Messages cannot be taken right now."}})
    async def readyz() -> Response:
        """Say whether messages can be taken and answered."""
        problem = await run_in_threadpool(ready)
        return JSONResponse({"status": problem or "ready"}, 503 if problem else 200)

    @app.get("/metrics", response_class=PlainTextResponse, responses=refusals(503))
    async def metrics() -> PlainTextResponse:
        """Give the numbers as Prometheus reads them."""
        return PlainTextResponse(await run_in_threadpool(numbers.text), media_type=MEDIA_TYPE)

"""The web face: deliveries of platforms, health and numbers. Every body is small; work is rows."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from integrations.channels.contract import BadPayload, Forged
from integrations.service.exposition import MEDIA_TYPE
from integrations.service.intake import LARGEST, Intake, NoSuchChannel
from integrations.service.numbers import Numbers
from integrations.service.service import Service
from integrations.store.database import StoreError
from integrations.web_described import delivered, delivery, refusals
from integrations.web_manners import Manners

THREADS = 8  # that store deliveries
SECRET = "x-quiethand-path-secret"  # what stood behind the account in the address


class Straight(APIRoute):
    """A route that is called with the parts of its path, as they are: half the time a request."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""

        async def handle(request: Request) -> Response:
            answer: Response = await self.endpoint(request=request, **request.path_params)
            return answer

        return handle


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
    app.add_middleware(Manners)
    _deliveries(app, intake)
    _health(app, numbers, ready)
    for kind, (status, words) in REFUSALS.items():
        app.add_exception_handler(kind, _refusing(status, words))
    return app


REFUSALS: dict[type[Exception], tuple[int, str]] = {
    NoSuchChannel: (404, "There is no such channel here."),
    Forged: (401, "The signature does not fit."),
    BadPayload: (400, "This is not what the platform sends."),
    StoreError: (503, "Nothing can be stored right now; send it again later."),
    SQLAlchemyError: (503, "The database does not answer right now."),
}


def _refusing(status: int, words: str) -> Callable[[Request, Exception], Response]:
    def refuse(_: Request, error: Exception) -> Response:
        said = str(error) if isinstance(error, BadPayload) else words
        return JSONResponse({"error": said.encode("ascii", "replace").decode()}, status)

    return refuse


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

    router, threads = APIRouter(route_class=Straight), ThreadPoolExecutor(THREADS, "delivery")
    described: dict[str, Any] = {"responses": delivered(), "openapi_extra": delivery()}

    async def delivered_to(kind: str, account: str, request: Request, secret: str = "") -> Response:
        """Store what a platform delivers, then acknowledge it."""
        if "json" not in request.headers.get("content-type", ""):
            return JSONResponse({"error": "Send application/json."}, 415)
        raw = await _body(request)
        if raw is None:
            return JSONResponse({"error": f"More than {LARGEST:,} bytes."}, 413)
        headers = {**{k.lower(): v for k, v in request.headers.items()}, SECRET: secret}
        deliver = partial(intake.deliver, kind, account, raw, headers)
        new = await asyncio.get_running_loop().run_in_executor(threads, deliver)
        return JSONResponse({"stored": new})

    for place in ("/channels/{kind}/{account}", "/channels/{kind}/{account}/{secret}"):
        router.add_api_route(place, delivered_to, methods=["POST"], **described)
    app.include_router(router)


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

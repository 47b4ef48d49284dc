"""Any OpenAI-compatible server as the model port."""

import asyncio
from time import perf_counter
from typing import Any

from integrations.models.prices import spend
from integrations.settings import Settings
from tools.model import Form, ModelError, Use, note

TRIES = 2


class OpenAIModel:
    """Fills in forms through langchain-openai; imported when first asked."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._name = settings.model.removeprefix("openai:")
        self._chat: Any = None

    async def complete(self, prompt: str, form: type[Form]) -> Form:
        """Return the filled form, or a ``ModelError`` whatever went wrong outside."""
        use = Use(
            model=self._name, result="failed", seconds=0.0, tokens_in=0, tokens_out=0, spend=0.0
        )
        began = perf_counter()
        try:
            found = await self._filled(prompt, form, use)
            use["result"] = "filled"
            return found
        finally:
            use["seconds"] = round(perf_counter() - began, 3)
            note(use)

    async def _filled(self, prompt: str, form: type[Form], use: Use) -> Form:
        from openai import OpenAIError
        from pydantic import ValidationError

        model = self._client().with_structured_output(form, method="json_schema", include_raw=True)
        try:
            async with asyncio.timeout(self._settings.model_seconds):
                answer = await model.ainvoke(prompt)
        except (OpenAIError, ValidationError, TimeoutError, ValueError) as error:
            raise ModelError(type(error).__name__) from error
        self._charge(use, answer["raw"])
        if broken := answer["parsing_error"]:
            raise ModelError(type(broken).__name__) from broken
        if not isinstance(answer["parsed"], form):
            raise ModelError("the model left the form empty")
        return answer["parsed"]

    def _charge(self, use: Use, raw: Any) -> None:
        """Write down what the server says it took; some say nothing."""
        tokens = getattr(raw, "usage_metadata", None) or {}
        use["tokens_in"] = int(tokens.get("input_tokens") or 0)
        use["tokens_out"] = int(tokens.get("output_tokens") or 0)
        use["spend"] = spend(
            self._settings.model_prices, self._name, use["tokens_in"], use["tokens_out"]
        )

    def _client(self) -> Any:
        if self._chat is None:
            from langchain_openai import ChatOpenAI

            self._chat = ChatOpenAI(
                model=self._name,
                base_url=self._settings.model_url or None,
                api_key=self._settings.model_key,
                temperature=0,
                max_retries=TRIES,
                timeout=self._settings.model_seconds,
            )
        return self._chat

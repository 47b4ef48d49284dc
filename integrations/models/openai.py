"""Any OpenAI-compatible server as the model port."""

import asyncio
from typing import Any

from integrations.settings import Settings
from tools.model import Form, ModelError

TRIES = 2


class OpenAIModel:
    """Fills in forms through langchain-openai; imported when first asked."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._chat: Any = None

    async def complete(self, prompt: str, form: type[Form]) -> Form:
        """Return the filled form, or a ``ModelError`` whatever went wrong outside."""
        from openai import OpenAIError
        from pydantic import ValidationError

        model = self._client().with_structured_output(form, method="json_schema")
        try:
            async with asyncio.timeout(self._settings.model_seconds):
                found = await model.ainvoke(prompt)
        except (OpenAIError, ValidationError, TimeoutError, ValueError) as error:
            raise ModelError(type(error).__name__) from error
        if not isinstance(found, form):
            raise ModelError("the model left the form empty")
        return found

    def _client(self) -> Any:
        if self._chat is None:
            from langchain_openai import ChatOpenAI

            self._chat = ChatOpenAI(
                model=self._settings.model.removeprefix("openai:"),
                base_url=self._settings.model_url or None,
                api_key=self._settings.model_key,
                temperature=0,
                max_retries=TRIES,
                timeout=self._settings.model_seconds,
            )
        return self._chat

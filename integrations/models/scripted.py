"""A model that gives the answers it was told to give, for tests, evals and demos."""

from collections.abc import Mapping

from pydantic import ValidationError

from tools.model import Form, ModelError, Use, note


class ScriptedModel:
    """Answers in order, and remembers every prompt it was shown."""

    def __init__(self, *answers: Mapping[str, object] | Exception) -> None:
        self._answers = list(answers)
        self.prompts: list[str] = []

    async def complete(self, prompt: str, form: type[Form]) -> Form:
        """Give the next answer; a model that has none left is a model that is down."""
        self.prompts.append(prompt)
        use = Use(
            model="scripted", result="failed", seconds=0.0, tokens_in=0, tokens_out=0, spend=0.0
        )
        note(use)
        if not self._answers:
            raise ModelError("the script has no more answers")
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        try:
            filled = form.model_validate(answer)
        except ValidationError as error:
            raise ModelError("the form does not fit") from error
        use["result"] = "filled"
        return filled

"""What a call of a model costs, at the prices that are set."""

MILLION = 1_000_000


def spend(prices: str, model: str, tokens_in: int, tokens_out: int) -> float:
    """Return the price of a call; a model without a price costs nothing."""
    for one in filter(None, prices.split(",")):
        name, _, price = one.partition("=")
        if name == model:
            per_in, per_out = (float(part) for part in price.split("/"))
            return (tokens_in * per_in + tokens_out * per_out) / MILLION
    return 0.0

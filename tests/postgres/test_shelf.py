"""The shelf of articles on both databases."""

import numpy as np

from integrations.store.database import open_database
from integrations.store.places import Place
from integrations.store.shelf import SqlShelf
from knowledge.documents.document import Document
from knowledge.documents.passages import cut


def test_articles_are_read_in_again_and_taken_out(place: Place) -> None:
    engine = open_database(place)
    shelf, text = SqlShelf(engine), "The Team plan costs 10 euros."
    prices = Document("prices", "Prices", text, "a.md")
    parts = [(prices, [(one, np.zeros((3, 384), np.float32)) for one in cut(prices)])]
    for digest, gone in (("one", []), ("two", ["prices"])):
        shelf.write("brand", "a.md", digest, gone, parts)
        assert shelf.sources("brand") == {"a.md": digest}
        assert [document.text for document in shelf.documents()] == [text]
    assert (shelf.generation(), len(shelf.entries())) == (2, 1)
    assert shelf.drop("brand", "a.md")[0] == ["prices"]
    assert (shelf.generation(), shelf.documents()) == (3, [])
    engine.dispose()

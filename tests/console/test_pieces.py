"""A text in pieces: evidence beside its sentence, placeholders masked, findings marked."""

from hypothesis import given
from hypothesis import strategies as st

from integrations.console.pieces import pieces, sentences
from tools.contract import Evidence, Finding


def evidence(number: int, document: str = "plans") -> Evidence:
    return Evidence(
        number=number, document=document, title="Plans", anchor="prices",
        quote="It costs €149.", start=10, end=45,
    )  # fmt: skip


def finding(start: int, end: int, says: str = "too loud", blocks: bool = False) -> Finding:
    return Finding(rule="loud", says=says, start=start, end=end, blocks=blocks)


def test_each_sentence_has_its_evidence_beside_it() -> None:
    found = sentences("It costs €149. [1] You may cancel. [2]", [evidence(1), evidence(2)])
    assert [[source.number for source in one.sources] for one in found] == [[1], [2]]


def test_a_source_opens_its_document_at_the_passage() -> None:
    (found,) = sentences("It costs €149. [1]", [evidence(1, "https://example.org/a b")])
    assert found.sources[0].url == (
        "/desk/documents/https%3A%2F%2Fexample.org%2Fa%20b?start=10&end=45#prices"
    )


def test_sentences_that_rest_on_nothing_stay_together() -> None:
    found = sentences("Hello! Thank you for asking.\nIt costs €149. [1]", [evidence(1)])
    assert ["".join(piece.text for piece in one.pieces) for one in found] == [
        "Hello! Thank you for asking.",
        "It costs €149. [1]",
    ]


def test_a_mark_without_evidence_points_nowhere() -> None:
    (found,) = sentences("See [3].", [evidence(1)])
    assert found.sources == []


def test_a_placeholder_is_a_piece_of_its_own() -> None:
    found = pieces("Dear <PERSON_1>, hello")
    assert [(one.text, one.token) for one in found] == [
        ("Dear ", ""),
        ("<PERSON_1>", "PERSON_1"),
        (", hello", ""),
    ]


def test_a_finding_is_marked_where_it_is_also_beside_a_placeholder() -> None:
    found = pieces("Best of <PERSON_1>", [finding(0, 10, blocks=True)])
    assert [(one.text, one.says, one.blocks) for one in found] == [
        ("Best of ", "too loud", True),
        ("<PERSON_1>", "too loud", True),
    ]


def test_findings_that_overlap_are_both_told() -> None:
    found = pieces("Best ever", [finding(0, 9, "loud"), finding(5, 9, "untrue")])
    assert [(one.text, one.says) for one in found] == [("Best ", "loud"), ("ever", "loud; untrue")]


def test_a_finding_beyond_the_text_breaks_nothing() -> None:
    assert [one.text for one in pieces("Short", [finding(90, 95), finding(-4, 2)])] == ["Sh", "ort"]


def test_no_text_has_no_pieces() -> None:
    assert pieces("") == []
    assert sentences("") == []


WORDS = st.lists(
    st.sampled_from(["It costs €149.", "[1]", "[2]", "<PERSON_1>", "Hello!", "\n", " "])
)
SPANS = st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=4)


@given(WORDS, SPANS)
def test_no_letter_is_lost_or_said_twice(words: list[str], spans: list[tuple[int, int]]) -> None:
    text = " ".join(words)
    findings = [finding(min(span), max(span)) for span in spans]
    assert "".join(piece.text for piece in pieces(text, findings)) == text
    found = sentences(text, [evidence(1)], findings)
    said = "".join(piece.text for one in found for piece in one.pieces)
    assert "".join(said.split()) == "".join(text.split())

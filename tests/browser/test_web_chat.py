"""The chat as a visitor meets it, in a real browser."""

from typing import Any

import pytest

from tests.browser.conftest import Chat

pytestmark = pytest.mark.slow
QUESTION, ANSWER = "What does the Team plan cost?", "The Team plan costs €149 per month."


@pytest.fixture
def page(browser: Any, chat: Chat) -> Any:  # the page is closed before the chat is
    context = browser.new_context()
    opened = context.new_page()
    opened.wrong = []
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.on("console", lambda said: said.type == "error" and opened.wrong.append(said.text))
    yield opened
    context.close()
    assert opened.wrong == []


def ask(page: Any, text: str) -> None:
    field = page.get_by_label("Your message")
    field.fill(text)
    field.press("Enter")


def test_a_question_is_answered_with_its_source(page: Any, chat: Chat) -> None:
    page.goto(chat.url)
    ask(page, QUESTION)
    page.get_by_role("button", name="Source 1").click()
    quote = page.locator("li.agent q")
    assert quote.is_visible()
    assert quote.inner_text() == ANSWER
    assert page.locator("#spoken").text_content().strip() == f"Assistant: {ANSWER}"


def test_what_is_written_stays_text(page: Any, chat: Chat) -> None:
    nasty = '<img src=x onerror="document.title=1"><script>document.title = 2</script>'
    page.goto(chat.url)
    ask(page, nasty)
    page.locator("li.agent").wait_for()
    assert page.locator("li.you .words").inner_text() == nasty
    assert page.locator("#log img, #log script").count() == 0
    assert page.title() == "ConnectSphere – chat"


def test_who_comes_back_finds_the_conversation_and_who_starts_anew_does_not(
    page: Any, chat: Chat
) -> None:
    page.goto(chat.url)
    ask(page, QUESTION)
    page.locator("li.agent").wait_for()
    page.reload()
    page.locator("li.agent").wait_for()
    assert page.locator("#log > li").count() == 2
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Start anew").click()
    page.locator("li.agent").wait_for(state="detached")
    ask(page, QUESTION)
    page.locator("li.agent").wait_for()
    assert page.locator("#log > li").count() == 2


def test_an_answer_comes_after_the_connection_was_lost(page: Any, chat: Chat) -> None:
    page.goto(chat.url)
    ask(page, QUESTION)
    page.locator("li.agent").wait_for()
    chat.house.channel.listeners.hang_up()
    ask(page, "And what does the Team plan cost per year?")
    page.locator("li.agent").nth(1).wait_for()


def test_a_message_that_did_not_go_out_can_be_sent_again(page: Any, chat: Chat) -> None:
    page.goto(chat.url)
    page.route("**/chat/messages", lambda route: route.fulfill(status=500))
    ask(page, QUESTION)
    again = page.get_by_role("button", name="Try again")
    again.wait_for()
    page.unroute("**/chat/messages")
    page.wrong.clear()  # the browser says that the 500 was one
    again.click()
    page.locator("li.agent").wait_for()
    assert page.locator("li.you").count() == 1


def test_shift_and_enter_begin_a_new_line(page: Any, chat: Chat) -> None:
    page.goto(chat.url)
    field = page.get_by_label("Your message")
    field.fill("one")
    field.press("Shift+Enter")
    field.type("two")
    assert field.input_value() == "one\ntwo"
    assert page.locator("li.you").count() == 0


def test_a_site_embeds_the_chat_with_one_line(page: Any, chat: Chat) -> None:
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto(chat.site)
    button = page.get_by_role("button", name="Chat with ConnectSphere")
    button.click()
    panel = page.frame_locator("iframe")
    ask(panel, QUESTION)
    panel.locator("li.agent").wait_for()
    panel.get_by_label("Your message").press("Escape")
    assert page.locator("iframe").is_hidden()
    page.reload()
    button.click()
    panel.locator("li.agent").wait_for()


def test_a_site_that_is_not_in_the_settings_cannot_embed_it(browser: Any, chat: Chat) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(chat.site.replace("127.0.0.1", "localhost"))
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.get_by_role("button", name="Chat with").click()
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_of_the_screen(browser: Any, chat: Chat, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(chat.url)
    ask(page, "a" * 300)
    page.locator("li.agent").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()

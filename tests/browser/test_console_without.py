"""The console without a mouse, without a script, and on a phone."""

from typing import Any

from tests.browser.console import PHONE, Console, picture


def test_a_draft_is_found_edited_and_taken_back_with_keys_alone(console: Console) -> None:
    console.complain("keys", "the cost of keys is a joke")
    page = console.enter("community manager")
    page.goto("/desk")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="An answer").wait_for()
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("The Team plan is €149. [1]")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Edited and approved by kim").wait_for()
    page.keyboard.press("u")
    page.get_by_role("button", name="Approve a").wait_for()
    page.keyboard.press("a")
    page.get_by_text("Approved by kim").wait_for()
    page.keyboard.press("q")
    page.get_by_role("heading", name="Queue").wait_for()


def test_keys_tick_and_help(console: Console) -> None:
    number = console.complain("ticks", "the cost of ticks is a joke")
    page = console.enter("community manager")
    page.goto("/desk")
    for _ in range(page.locator("[data-row]").count()):
        page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.get_by_label(f"Tick draft {number}").is_checked()
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").is_hidden()


def test_the_first_tab_leads_past_the_menu(console: Console) -> None:
    page = console.enter("viewer")
    page.goto("/desk")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_that_matters_works_without_a_script(console: Console) -> None:
    number = console.complain("plain", "the cost of plain is a joke")
    secret = console.house.console.sessions.link(
        console.house.console.people.named("kim").id, "test"
    )
    page = console.enter(java_script_enabled=False)
    page.goto(f"/desk/sign-in?link={secret}")
    page.get_by_role("button", name="Sign in").click()
    page.locator(f'[data-draft="{number}"] .about a').click()
    page.locator("#edit summary").click()
    page.get_by_role("textbox", name="Your words").fill("It is €149 per month. [1]")
    page.get_by_role("button", name="Show what changes").click()
    assert "It is" in page.locator("#change ins").first.inner_text()
    page.get_by_role("button", name="Approve these words").click()
    assert "Edited and approved by kim" in words(page)
    page.get_by_role("button", name="Undo").click()
    page.locator("#reject summary").click()
    page.locator("#because").fill("we talked on the phone")
    page.locator("#reject").get_by_role("button", name="Reject").click()
    assert "Rejected by kim" in words(page)
    picture(page, "draft-without-script")


def test_ticks_work_without_a_script(console: Console) -> None:
    number = console.complain("plain-ticks", "the cost of plain ticks is a joke")
    page = console.enter("community manager", java_script_enabled=False)
    page.goto("/desk")
    page.get_by_label(f"Tick draft {number}").check()
    page.get_by_role("button", name="Approve what is ticked").click()
    assert "1 approved." in words(page)


def test_a_draft_is_decided_on_a_phone(console: Console) -> None:
    number = console.complain("phone", "the cost of phones is a joke")
    page = console.enter("community manager", viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/desk")
    page.locator(f'[data-draft="{number}"] .about a').tap()
    page.get_by_role("button", name="Approve a").tap()
    page.get_by_text("Approved by kim").wait_for()


def words(page: Any) -> str:
    return str(page.locator("main").inner_text())

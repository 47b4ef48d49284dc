"""The console as people use it: two browsers, a customer, and one draft between them."""

from typing import Any

from tests.browser.console import Console, picture
from tests.browser.service_house import UNDO

ANSWER = "The Team plan costs €149 per month."


def open_draft(console: Console, role: Any, number: int, **options: Any) -> Any:
    page = console.enter(role, **options)
    page.goto(f"/desk/drafts/{number}")
    return page


def test_somebody_signs_in_with_a_link(console: Console) -> None:
    secret = console.house.console.sessions.link(
        console.house.console.people.named("kim").id, "test"
    )
    page = console.enter()
    page.goto("/desk/audit")
    assert "/desk/sign-in" in page.url
    page.goto(f"/desk/sign-in?link={secret}")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Queue").wait_for()


def test_what_one_approves_is_gone_for_the_other_and_reaches_the_customer(
    console: Console,
) -> None:
    customer, kim, ada = (
        console.enter(), console.enter("community manager"), console.enter("admin")
    )  # fmt: skip
    kim.goto("/desk")
    ada.goto("/desk")
    customer.goto("/chat")
    said = console.house.upset("the cost of the first is a joke")
    customer.get_by_label("Your message").fill(said)
    customer.keyboard.press("Enter")
    rows = [page.locator("[data-row]", has_text=said) for page in (kim, ada)]
    for row in rows:
        row.wait_for()
    rows[0].get_by_role("button", name="Approve").click()
    for row in rows:
        row.wait_for(state="detached")
    assert customer.locator("li.checked").count() == 0
    console.house.desk.wait(seconds=UNDO)
    customer.locator("li.checked .words", has_text=ANSWER).wait_for()


def test_a_second_click_is_told_who_was_quicker(console: Console) -> None:
    number = console.complain("second", "the cost of the second is a joke")
    ada = console.enter("admin")
    ada.route("**/desk/live*", lambda route: route.fulfill(status=204))  # she hears of nothing
    ada.goto(f"/desk/drafts/{number}")
    kim = open_draft(console, "community manager", number)
    kim.get_by_role("button", name="Approve a").click()
    kim.get_by_text("Approved by kim").wait_for()
    ada.get_by_role("button", name="Approve a").click()
    ada.get_by_text("Already approved by kim at").wait_for()


def test_an_edit_shows_what_it_changes_and_can_be_taken_back(console: Console) -> None:
    number = console.complain("third", "the cost of the third is a joke")
    kim = open_draft(console, "community manager", number)
    kim.get_by_text("Edit", exact=False).first.click()
    kim.get_by_role("textbox", name="Your words").fill("The Team plan is only €149 per month. [1]")
    kim.locator("#change ins", has_text="is only").wait_for()
    picture(kim, "draft-edit")
    kim.get_by_role("button", name="Approve these words").click()
    kim.get_by_text("Edited and approved by kim").wait_for()
    kim.get_by_role("button", name="Undo").click()
    kim.get_by_role("button", name="Approve a").wait_for()
    changed = kim.get_by_label("Revision 2")
    assert changed.locator("del").first.inner_text() == "costs"
    assert changed.locator("ins").first.inner_text() == "is only"


def test_a_person_takes_over_answers_and_hands_back(console: Console) -> None:
    customer = console.enter()
    customer.goto("/chat")
    said = console.house.upset("the cost of the fourth is a joke")
    customer.get_by_label("Your message").fill(said)
    customer.keyboard.press("Enter")
    kim = console.enter("community manager")
    kim.goto("/desk")
    kim.locator("[data-row] a", has_text=said).click()
    kim.get_by_role("button", name="Take the conversation over").click()
    kim.get_by_label("Your answer").fill("This is a person. I am sorry!")
    kim.keyboard.press("Control+Enter")
    kim.get_by_text("It is on its way.").wait_for()
    customer.locator("li", has_text="This is a person. I am sorry!").wait_for()
    kim.get_by_role("button", name="Hand it back").click()
    kim.get_by_text("with the agent").wait_for()
    customer.get_by_label("Your message").fill("What does the Team plan cost?")
    customer.keyboard.press("Enter")
    customer.locator("li.agent .words", has_text=ANSWER).wait_for()


def test_personal_data_is_shown_to_who_says_why_and_the_log_knows(console: Console) -> None:
    number = console.complain("fifth", "the cost is a joke, call me on +49 170 1234567")
    ada = open_draft(console, "admin", number)
    assert "1234567" not in ada.content()
    ada.get_by_role("link", name="phone 1").first.click()
    ada.get_by_label("Why").fill("They asked for a call")
    ada.get_by_role("button", name="Show it").click()
    assert ada.locator("#original").inner_text() == "+49 170 1234567"
    picture(ada, "revealed")
    ada.goto("/desk/audit?action=reveal")
    assert "conversation fifth" in ada.locator("main").inner_text()


def test_many_of_low_risk_are_approved_at_once(console: Console) -> None:
    numbers = [console.complain(f"many-{n}", f"the cost of many {n} is a joke") for n in range(3)]
    ada, kim = console.enter("admin"), console.enter("community manager")
    ada.goto("/desk")
    kim.goto("/desk")
    for number in numbers:
        kim.get_by_label(f"Tick draft {number}").check()
    picture(kim, "queue-ticked")
    kim.get_by_role("button", name="Approve 3 ticked").click()
    kim.get_by_text("3 approved.").wait_for()
    for number in numbers:
        ada.get_by_label(f"Tick draft {number}").wait_for(state="detached")
    ada.locator("#leaving").get_by_text("kim").first.wait_for()


def test_who_else_is_there_and_types_is_seen(console: Console) -> None:
    number = console.complain("sixth", "the cost of the sixth is a joke")
    ada = open_draft(console, "admin", number)
    kim = open_draft(console, "community manager", number)
    ada.locator("#badges").get_by_text("kim is here").wait_for()
    kim.keyboard.press("e")
    kim.keyboard.type("Hello")
    ada.locator("#badges").get_by_text("kim types").wait_for()
    picture(ada, "draft-with-another")


def test_a_customer_who_writes_again_changes_the_question(console: Console) -> None:
    first, more = "the cost of the seventh is a joke", "and nobody answers"
    number = console.complain("seventh", first)
    kim = open_draft(console, "community manager", number)
    console.house.upset(f"{first}\n{more}")
    console.complain("seventh", more)
    kim.get_by_text("the question has changed").wait_for()
    kim.get_by_role("link", name="To draft").click()
    kim.locator("blockquote", has_text=more).wait_for()

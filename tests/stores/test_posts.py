"""What a plan of posts reads, on both databases."""

from sqlalchemy import update

from integrations.store.database import open_database
from integrations.store.places import Place
from integrations.store.posts import Posts
from integrations.store.schema import revisions
from tests.console.rows import Rows


def test_a_plan_holds_the_posts_of_its_days(place: Place) -> None:
    engine = open_database(place)
    rows = Rows(engine)
    rows.talk("c1")
    for number, day in enumerate(("2026-11-20", "2026-12-01", "2027-01-05", ""), 1):
        rows.draft(number, kind="post", network="x")
        post = {"network": "x", "title": "", "parts": [f"Post {number}"], "when": day}
        answer = {"text": f"Post {number}", "evidence": [], "posts": [post]}
        mine = update(revisions).where(revisions.c.draft == number).values(answer=answer)
        with engine.begin() as db:
            db.execute(mine)
    rows.draft(5)  # a reply has no day
    found = Posts(engine).planned("2026-11-20", "2026-12-31")
    engine.dispose()
    assert [(one["id"], one["when"]) for one in found] == [(1, "2026-11-20"), (2, "2026-12-01")]

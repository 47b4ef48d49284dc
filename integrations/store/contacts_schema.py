"""Which contacts are one person, shown by what; and who wants to hear nothing unasked."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from integrations.store.schema import metadata

links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("contact", String(200), nullable=False),
    Column("person", String(200), nullable=False),  # another contact, or a signed id's digest
    Column("origin", String(20), nullable=False),  # code, signed
    Column("shown", Text, nullable=False),  # how, in words, without personal data
    Column("at", String(40), nullable=False),
    Column("undone_at", String(40), nullable=False),
    Column("undone_by", String(100), nullable=False),
    Index("links_of_contact", "contact", "undone_at"),
    Index(
        "one_link_that_holds",
        "contact",
        "person",
        unique=True,
        sqlite_where=text("undone_at = ''"),
        postgresql_where=text("undone_at = ''"),
    ),
    Index("links_of_person", "person", "undone_at"),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("asked_by", String(200), nullable=False),  # the contact that wants to be linked
    Column("sent_to", String(200), nullable=False),  # the contact that has to show the code
    Column("digest", String(64), nullable=False),
    Column("by", String(100), nullable=False),  # of the team
    Column("tries", Integer, nullable=False),
    Column("expires_at", String(40), nullable=False),
    Column("used_at", String(40), nullable=False),
    Index("link_codes_of_contact", "asked_by", "used_at"),
    Index("link_codes_sent_to", "sent_to", "used_at"),
)

opt_outs = Table(
    "opt_outs",
    metadata,
    Column("contact", String(200), primary_key=True),
    Column("said", String(200), nullable=False),  # the listed word, never the message
    Column("at", String(40), nullable=False),
)

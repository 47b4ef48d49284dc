"""The commands about the console's users; every body imports what it needs."""

from typing import Annotated

import typer

from integrations.cli.options import Brand, Json

users = typer.Typer(help="Who may use the console.", no_args_is_help=False)
Name = Annotated[str, typer.Argument(help="A user's name.")]
Role = Annotated[
    str, typer.Option(help="viewer, community manager, marketer or admin.", show_default=True)
]


@users.callback(invoke_without_command=True)
def users_list(context: typer.Context, brand: Brand = None, json: Json = False) -> None:
    """List them."""
    if context.invoked_subcommand is None:
        from integrations.cli.users import list_users

        list_users(brand, json)


@users.command("list")
def users_listed(brand: Brand = None, json: Json = False) -> None:
    """List them."""
    from integrations.cli.users import list_users

    list_users(brand, json)


@users.command("add")
def users_add(
    name: Name,
    role: Role = "viewer",
    email: Annotated[str, typer.Option(help="By which single sign-on knows them.")] = "",
    brand: Brand = None,
) -> None:
    """Add one, and print a link with which they sign in."""
    from integrations.cli.users import add_user

    add_user(name, role, email, brand)


@users.command("link")
def users_link(
    name: Name,
    address: Annotated[
        str, typer.Option(help="Where the console is; else QUIETHAND_ADDRESS.")
    ] = "",
    brand: Brand = None,
) -> None:
    """Print a link that signs somebody in once."""
    from integrations.cli.users import print_link

    print_link(name, address, brand)


@users.command("role")
def users_role(
    name: Name, role: Annotated[str, typer.Argument(help="Their new role.")], brand: Brand = None
) -> None:
    """Give somebody another role."""
    from integrations.cli.users import give_role

    give_role(name, role, brand)


@users.command("disable")
def users_disable(name: Name, brand: Brand = None) -> None:
    """Let somebody in no more, and sign them out everywhere."""
    from integrations.cli.users import let_in

    let_in(name, False, brand)


@users.command("enable")
def users_enable(name: Name, brand: Brand = None) -> None:
    """Let somebody in again."""
    from integrations.cli.users import let_in

    let_in(name, True, brand)


@users.command("password")
def users_password(
    name: Name,
    remove: Annotated[bool, typer.Option(help="By link only, from now on.")] = False,
    brand: Brand = None,
) -> None:
    """Set somebody's password, asked for twice, or read from a pipe."""
    from integrations.cli.users import set_password

    set_password(name, remove, brand)

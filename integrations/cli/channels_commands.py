"""The commands around channels; every body imports what it needs."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.options import Json

channels = typer.Typer(help="Accounts on platforms.", no_args_is_help=False)

File = Annotated[
    Path | None, typer.Option("--channels", help="Left out, channels.toml in the data folder.")
]


@channels.callback(invoke_without_command=True)
def channels_list(context: typer.Context, channels: File = None, json: Json = False) -> None:
    """List the accounts: who the platform says we are, how messages come, what it allows."""
    if context.invoked_subcommand is None:
        from integrations.cli.channels import list_accounts

        list_accounts(channels, json)


@channels.command("check")
def channels_check(channels: File = None, json: Json = False) -> None:
    """Ask each platform one harmless question; exit 1 when something must be mended."""
    from integrations.cli.channels import check

    check(channels, json)


@channels.command("register")
def channels_register(
    kind: str,
    account: str,
    url: Annotated[
        str, typer.Option(help="Where this service is reached from outside, as https://HOST.")
    ],
    dry_run: Annotated[bool, typer.Option(help="Say what would be called; call nothing.")] = False,
    channels: File = None,
    json: Json = False,
) -> None:
    """Tell a platform where to deliver, where it can be told."""
    from integrations.cli.channels import register

    register(kind, account, url, dry_run, channels, json)


@channels.command("unregister")
def channels_unregister(kind: str, account: str, channels: File = None, json: Json = False) -> None:
    """Tell a platform to deliver no more, as before a bot is polled."""
    from integrations.cli.channels import unregister

    unregister(kind, account, channels, json)

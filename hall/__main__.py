"""The command line: ``python -m hall``. Commands import what they need, so that reading one file starts at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hall import settings
from hall.cli import cases, demo, extract, repair, shown, spoken
from hall.model import HallError
from hall.text import sentences, t

if TYPE_CHECKING:
    from hall.intake import LoadedDocuments


def _help(key: str) -> str:
    return t(f"cli.{key}", spoken())


app = typer.Typer(
    help=_help("about"),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
# Whether a file can be read is the reader's to say, in its own words.
File = Annotated[Path, typer.Argument(readable=False)]
Files = Annotated[list[Path] | None, typer.Argument(readable=False, show_default=False)]


@app.command(help=_help("read"))
def read(
    file: File,
    as_json: Annotated[bool, typer.Option("--json", help=_help("read_json"))] = False,
    text: Annotated[bool, typer.Option("--text", help=_help("read_text"))] = False,
) -> None:
    """Read one file and print what was found."""
    from hall import intake
    from hall.export import findings, reading_json

    if text:
        sys.stdout.write(intake.text(file))
    elif as_json:
        print(reading_json.dumps(intake.read(file), settings.lang()))
    else:
        print("\n".join(findings.summary(intake.read(file), settings.lang())))


@app.command(help=_help("load"))
def load(paths: Files = None) -> None:
    """Load files and publish, and compute cubes of another release again; exit status 2 when a file could not be
    loaded."""
    from hall import intake
    from hall.cli.rollup import renew

    done = intake.load(paths or (), shown if sys.stderr.isatty() else None)
    _report(done)
    renew()
    if done.refused:
        raise typer.Exit(2)


@app.command(help=_help("check"))
def check(every: Annotated[bool, typer.Option("--all", help=_help("check_all"))] = False) -> None:
    """Print every check in words; exit status 1 when one fails that holds numbers back, 2 when something is
    damaged."""
    from hall.export import findings
    from hall.store import verify
    from hall.store.read import records

    lines, held = findings.report(records("series/checks"), settings.lang(), every=every)
    print("\n".join(lines))
    damaged = verify.everything()
    for fault in damaged:
        print(sentences.fault(fault, settings.lang()), file=sys.stderr)
    if damaged:
        raise typer.Exit(2)
    if held:
        raise typer.Exit(1)


app.command(help=_help("extract"))(extract.extract)


@app.command(help=_help("withdraw"))
def withdraw(document: str) -> None:
    """Take a document out and publish."""
    from hall import intake

    sha256, version = intake.withdraw(document)
    print(t("cli.withdrawn", settings.lang(), document=sha256[:12], version=version))


@app.command(help=_help("rollback"))
def rollback(version: str) -> None:
    """Serve an earlier version again."""
    from hall.store import publish

    print(t("cli.rolled_back", settings.lang(), version=publish.rollback(version)))


@app.command(help=_help("versions"))
def versions() -> None:
    """List the versions that are kept, newest first."""
    from hall.store import versions as kept

    found = kept.versions()
    for one in found:
        mark = f"  ← {t('cli.current', settings.lang())}" if one.current else ""
        print(f"{one.name}  {one.built_at:%Y-%m-%d %H:%M:%S}Z  {one.act:8}  {one.user}{mark}")
    if not found:
        print(t("cli.no_versions", settings.lang()))


@app.command("settings", help=_help("settings"))
def list_settings() -> None:
    """List every setting with its value, its default and one line of meaning."""
    lang = settings.lang()
    none = t("cli.setting_none", lang)
    for setting in settings.ALL:
        words = {"name": setting.name, "value": setting.raw or none, "default": setting.default or none}
        print(t("cli.setting_line", lang, **words, meaning=t(f"setting.{setting.name}", lang)))


@app.command(help=_help("facts"))
def facts(
    paths: Annotated[list[Path], typer.Argument(readable=False)],
    output: Annotated[Path | None, typer.Option("-o", "--output", help=_help("facts_output"))] = None,
) -> None:
    """Write the facts of documents as CSV."""
    from hall import intake

    folder = output or settings.facts()
    documents, missing = intake.write_facts(paths, folder)
    print(t("cli.facts_written", settings.lang(), documents=documents, folder=folder, missing=missing))


app.command(help=_help("repair"))(repair.repair)
app.add_typer(cases.app, name="cases")
app.command("demo", help=t("demo.about", spoken()))(demo.demo)


def _report(done: LoadedDocuments) -> None:
    from hall.store.read import records

    lang = settings.lang()
    for _, fault in done.refused:
        print(sentences.fault(fault, lang), file=sys.stderr)
    if done.refused:
        print(t("cli.loaded_refused", lang, n=len(done.refused)), file=sys.stderr)
    if not done.version:
        print(t("cli.nothing", lang, folder=settings.inbox()))
        return
    counts = {name: done.count(name) for name in ("added", "vintage", "copy", "filled", "unchanged")}
    print(t("cli.loaded", lang, version=done.version, **counts))
    print(t("cli.held", lang, n=len(records("series/documents"))))
    for outcome in ("withdrawn", "facts"):
        if done.count(outcome):
            print(t(f"cli.loaded_{outcome}", lang, n=done.count(outcome)))


def main() -> int:
    """Run one command; a fault is one plain sentence on stderr and exit status 2."""
    try:
        return app(standalone_mode=False) or 0
    except HallError as fault:
        print(sentences.fault(fault, spoken()), file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as fault:
        if settings.debug():
            raise
        tell = getattr(fault, "format_message", None)
        sentence = (
            t("error.usage", spoken(), detail=tell().rstrip("."))
            if tell
            else t("error.other", spoken(), code=repr(fault))
        )
        print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())

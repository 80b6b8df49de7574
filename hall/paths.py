"""Every path that the project knows."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "data" / "catalog"
FACTS = ROOT / "data" / "facts"
INBOX = ROOT / "data" / "inbox"
STORE = ROOT / "data" / "store"
QUERIES = ROOT / "queries"
PAGES = ROOT / "pages"
WORDS = ROOT / "hall" / "text"
CONFIG = ROOT / ".streamlit" / "config.toml"

"""Bulletins in the project's own words, as text files, with the numbers that a test wants."""

from __future__ import annotations

from pathlib import Path

HALL = "四川省政府政务服务和公共资源交易服务中心"


def monthly(
    month: int = 9,
    *,
    year: int = 2024,
    issue: int | None = None,
    printed: str | None = None,
    total: str = "5.57万件",
    online: str = "5.34万件",
    window: str = "0.23万件",
    phone: str = "905人次",
) -> str:
    """A monthly bulletin; by default its sum holds."""
    after = (year, month + 1) if month < 12 else (year + 1, 1)
    return "\n\n".join(
        (
            "政务窗口月报",
            f"第{month if issue is None else issue}期",
            HALL,
            printed or f"{after[0]}年{after[1]}月18日",
            f"一、{year}年{month}月总体运行情况",
            f"{month}月，省本级办理政务服务事项{total}，其中全程网办受理{online}、办结5.05万件，综合窗口受理{window}；"
            f"窗口出件量0.28万件，政务大厅现场邮寄量0.10万件，电话咨询{phone}，现场咨询服务4388人次。",
            "二、政务工作动态",
            f"（一）{month}月12日，省市场监管局举办企业开办业务培训，省税务局参加。",
            "",
        )
    )


def weekly(
    first: int = 2,
    *,
    issue: int = 36,
    week: tuple[int, int, int, int] = (1300, 600, 900, 2500),
    to_date: tuple[int, int, int, int] = (61000, 21000, 150000, 280000),
    unit: str = "件",
) -> str:
    """A weekly bulletin of September 2024, from Monday the ``first``: consultations, accepted, issued, transferred."""
    w, d = week, to_date
    return "\n\n".join(
        (
            f"2024年第{issue}期（总第{issue + 460}期）",
            "窗口工作周报",
            f"（9月{first}日—9月{first + 4}日）",
            HALL,
            f"2024年9月{first + 9}日",
            "一、综合窗口运行情况",
            f"本周，综合窗口咨询{w[0]}人次、受理{w[1]}件、颁发{w[2]}件、流转{w[3]}{unit}；"
            f"今年以来，累计咨询{d[0]}人次、受理{d[1]}件、颁发{d[2]}件、流转{d[3]}{unit}。",
            "",
        )
    )


def put(folder: Path, name: str, text: str) -> Path:
    """Write a text file and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path

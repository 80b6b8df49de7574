"""What the rollups mean, one question each: records drawn as grids, and the rows of a cube that follow from them.

Of an expected table only the columns that matter are drawn; its rows are all rows that follow, in any order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spec:
    """``shows`` gives rows by the rollup's name; "" for none."""

    says: str
    cases: str = ""
    consultations: str = ""
    shows: Mapping[str, str] = field(default_factory=dict)


EVENTS = (
    Spec(
        "every event counts on its own day, in rows of the month of acceptance",
        cases="""
            accepted_at      | transferred_at   | completed_at     | issued_at        | issued_at_place
            2025-10-30 09:00 | 2025-10-31 10:00 | 2025-11-03 11:00 | 2025-11-04 12:00 | counter
        """,
        shows={
            "day": """
                month_accepted | day        | accepted | transferred | completed | issued
                2025-10-01     | 2025-10-30 | 1        | 0           | 0         | 0
                2025-10-01     | 2025-10-31 | 0        | 1           | 0         | 0
                2025-10-01     | 2025-11-03 | 0        | 0           | 1         | 0
                2025-10-01     | 2025-11-04 | 0        | 0           | 0         | 1
            """,
            "month": """
                month_accepted | month      | accepted | transferred | completed | issued
                2025-10-01     | 2025-10-01 | 1        | 1           | 0         | 0
                2025-10-01     | 2025-11-01 | 0        | 0           | 1         | 1
            """,
        },
    ),
    Spec(
        "events of one day share its row, whichever month their cases were accepted in",
        cases="""
            accepted_at | completed_at
            2025-10-30  | 2025-11-03
            2025-11-03  | 2025-11-03
            2025-11-03  |
        """,
        shows={
            "day": """
                month_accepted | day        | accepted | completed
                2025-10-01     | 2025-10-30 | 1        | 0
                2025-10-01     | 2025-11-03 | 0        | 1
                2025-11-01     | 2025-11-03 | 2        | 1
            """
        },
    ),
    Spec(
        "a day lasts from midnight to the last moment before the next",
        cases="""
            accepted_at
            2025-10-31 00:00
            2025-10-31 23:59:59.999999
            2025-11-01 00:00
        """,
        shows={
            "day": """
                month_accepted | day        | accepted
                2025-10-01     | 2025-10-31 | 2
                2025-11-01     | 2025-11-01 | 1
            """
        },
    ),
    Spec(
        "departments and channels have rows of their own, those outside the published total too",
        cases="""
            accepted_at | department | channel
            2025-10-09  | health     | online
            2025-10-09  | health     | department_window
            2025-10-09  | education  | online
            2025-10-09  | education  | online
        """,
        shows={
            "day": """
                department | channel           | accepted
                health     | online            | 1
                health     | department_window | 1
                education  | online            | 2
            """
        },
    ),
    Spec(
        "the month's cube tells cities and items apart, and a case without a city has an empty one",
        cases="""
            accepted_at | city    | item_code | channel
            2025-10-09  | chengdu | A1        | online
            2025-10-10  | chengdu | A1        | online
            2025-10-10  | chengdu | B2        | online
            2025-10-10  |         | A1        | online
            2025-10-10  |         | A1        | mail
        """,
        shows={
            "month": """
                month      | channel | city    | item_code | accepted
                2025-10-01 | online  | chengdu | A1        | 2
                2025-10-01 | online  | chengdu | B2        | 1
                2025-10-01 | online  |         | A1        | 1
                2025-10-01 | mail    |         | A1        | 1
            """
        },
    ),
)

ISSUES = (
    Spec(
        "issued is counted by the place of issue, not by the channel of acceptance",
        cases="""
            accepted_at | channel           | issued_at  | issued_at_place
            2025-10-09  | online            | 2025-10-10 | comprehensive_window
            2025-10-09  | online            | 2025-10-10 | counter
            2025-10-09  | online            | 2025-10-10 | department_window
            2025-10-09  | online            | 2025-10-10 |
            2025-10-10  | department_window | 2025-10-10 | comprehensive_window
        """,
        shows={
            "day": """
                day        | channel           | accepted | issued | issued_window | issued_comprehensive
                2025-10-09 | online            | 4        | 0      | 0             | 0
                2025-10-10 | online            | 0        | 4      | 3             | 1
                2025-10-10 | department_window | 1        | 1      | 1             | 1
            """
        },
    ),
    Spec(
        "mailed is counted by delivery, on the day of issue and not before it",
        cases="""
            accepted_at | channel | issued_at  | delivery
            2025-10-09  | online  | 2025-10-10 | mail
            2025-10-09  | online  | 2025-10-10 | electronic
            2025-10-09  | online  | 2025-10-10 |
            2025-10-09  | online  |            | mail
            2025-10-09  | mail    | 2025-10-10 | counter
        """,
        shows={
            "day": """
                day        | channel | issued | mailed
                2025-10-09 | mail    | 0      | 0
                2025-10-09 | online  | 0      | 0
                2025-10-10 | mail    | 1      | 0
                2025-10-10 | online  | 3      | 1
            """
        },
    ),
)

HANDLING = (
    Spec(
        "a case completed on the day of its acceptance took no working day",
        cases="""
            accepted_at      | completed_at     | promised_workdays
            2025-10-09 09:00 | 2025-10-09 17:00 | 0
        """,
        shows={
            "day": "completed | on_time | overdue \n 1 | 1 | 0",
            "day_handling": "day | workdays | completed \n 2025-10-09 | 0 | 1",
            "month_handling": "month | workdays | completed \n 2025-10-01 | 0 | 1",
        },
    ),
    Spec(
        "a Saturday that is worked in exchange for a holiday is a working day, and a promise goes by it",
        # Saturday 11 October 2025 was one
        cases="""
            accepted_at | completed_at | promised_workdays
            2025-10-10  | 2025-10-13   | 2
            2025-10-10  | 2025-10-13   | 1
            2025-10-17  | 2025-10-20   | 1
        """,
        shows={
            "day": """
                day        | completed | on_time | overdue
                2025-10-10 | 0         | 0       | 0
                2025-10-13 | 2         | 1       | 1
                2025-10-17 | 0         | 0       | 0
                2025-10-20 | 1         | 1       | 0
            """,
            "day_handling": """
                day        | workdays | completed
                2025-10-13 | 2        | 2
                2025-10-20 | 1        | 1
            """,
        },
    ),
    Spec(
        "holidays are no working days, also over the turn of a year",
        cases="""
            accepted_at | completed_at
            2025-09-30  | 2025-10-09
            2025-12-31  | 2026-01-04
        """,
        shows={
            "day_handling": """
                month_accepted | day        | workdays | completed
                2025-09-01     | 2025-10-09 | 1        | 1
                2025-12-01     | 2026-01-04 | 1        | 1
            """
        },
    ),
    Spec(
        "a case accepted on a day off begins with the next working day",
        cases="""
            accepted_at | completed_at
            2025-10-18  | 2025-10-19
            2025-10-18  | 2025-10-20
        """,
        shows={
            "day_handling": """
                day        | workdays | completed
                2025-10-19 | 0        | 1
                2025-10-20 | 1        | 1
            """
        },
    ),
    Spec(
        "the last promised day is on time, the next one overdue",
        cases="""
            accepted_at | completed_at | promised_workdays
            2025-10-20  | 2025-10-23   | 3
            2025-10-20  | 2025-10-24   | 3
        """,
        shows={
            "day": """
                day        | on_time | overdue
                2025-10-20 | 0       | 0
                2025-10-23 | 1       | 0
                2025-10-24 | 0       | 1
            """
        },
    ),
    Spec(
        "a case completed without a promise is neither on time nor overdue",
        cases="""
            accepted_at | completed_at | promised_workdays
            2025-10-20  | 2025-10-20   |
        """,
        shows={"day": "completed | on_time | overdue \n 1 | 0 | 0"},
    ),
    Spec(
        "a case withdrawn is not completed: neither on time nor overdue, not rated, in no histogram",
        cases="""
            accepted_at | completed_at | status    | promised_workdays | satisfaction
            2025-10-20  | 2025-10-22   | withdrawn | 5                 | 5
        """,
        shows={
            "day": """
                day        | accepted | completed | withdrawn | on_time | overdue | rated | satisfied
                2025-10-20 | 1        | 0         | 0         | 0       | 0       | 0     | 0
                2025-10-22 | 0        | 0         | 1         | 0       | 0       | 0     | 0
            """,
            "day_handling": "",
            "month_handling": "",
        },
    ),
    Spec(
        "an open case is accepted and nothing else yet",
        cases="""
            accepted_at | promised_workdays | satisfaction
            2025-10-20  | 1                 | 5
        """,
        shows={
            "day": "accepted | completed | withdrawn | on_time | overdue | rated \n 1 | 0 | 0 | 0 | 0 | 0",
            "day_handling": "",
        },
    ),
    Spec(
        "the histogram counts each number of working days apart",
        cases="""
            accepted_at | completed_at | department
            2025-10-20  | 2025-10-22   | health
            2025-10-20  | 2025-10-22   | health
            2025-10-21  | 2025-10-22   | health
            2025-10-21  | 2025-10-22   | education
        """,
        shows={
            "day_handling": """
                day        | department | workdays | completed
                2025-10-22 | education  | 1        | 1
                2025-10-22 | health     | 1        | 1
                2025-10-22 | health     | 2        | 2
            """,
        },
    ),
    Spec(
        "beyond 250 working days the histogram has one bin, while a promise goes by the days themselves",
        cases="""
            accepted_at | completed_at | promised_workdays
            2025-01-02  | 2026-01-20   | 259
            2025-01-02  | 2026-01-20   | 260
        """,
        shows={
            "day": """
                day        | completed | on_time | overdue
                2025-01-02 | 0         | 0       | 0
                2026-01-20 | 2         | 1       | 1
            """,
            "day_handling": "workdays | completed \n 250 | 2",
        },
    ),
    Spec(
        "ratings of 4 and 5 are satisfied, lower ones rated, and none is neither",
        cases="""
            accepted_at | completed_at | satisfaction
            2025-10-20  | 2025-10-20   | 1
            2025-10-20  | 2025-10-20   | 3
            2025-10-20  | 2025-10-20   | 4
            2025-10-20  | 2025-10-20   | 5
            2025-10-20  | 2025-10-20   |
        """,
        shows={
            "day": "completed | rated | satisfied \n 5 | 4 | 2",
            "month": "completed | rated | satisfied \n 5 | 4 | 2",
        },
    ),
)

HOURS = (
    Spec(
        "hours count acceptances by weekday, Monday first",
        cases="""
            accepted_at      | channel
            2025-10-20 09:00 | online
            2025-10-27 09:59 | online
            2025-10-26 09:30 | online
            2025-10-26 23:30 | mail
        """,
        shows={
            "hours": """
                month_accepted | channel | weekday | hour | accepted
                2025-10-01     | online  | 1       | 9    | 2
                2025-10-01     | online  | 7       | 9    | 1
                2025-10-01     | mail    | 7       | 23   | 1
            """
        },
    ),
    Spec(
        "midnight sharp means that the time of day is not known",
        cases="""
            accepted_at
            2025-10-20 00:00
            2025-10-20 00:00:00.000001
            2025-10-20 00:01
        """,
        shows={"hours": "weekday | hour | accepted \n 1 | 0 | 2", "day": "accepted \n 3"},
    ),
    Spec(
        "an item is called what its records call it, else by its code",
        cases="""
            accepted_at | item_code | item_name
            2025-10-20  | A1        |
            2025-10-20  | A1        | Licence
            2025-11-20  | A1        | Licence (new)
            2025-10-20  | B2        |
        """,
        shows={
            "items": """
                month_accepted | item_code | item_name
                2025-10-01     | A1        | Licence
                2025-11-01     | A1        | Licence (new)
                2025-10-01     | B2        | B2
            """
        },
    ),
)

CONSULTATIONS = (
    Spec(
        "consultations count by day and kind; minutes are summed where they are known",
        consultations="""
            at               | kind   | minutes
            2025-10-20 09:00 | phone  | 3.25
            2025-10-20 10:00 | phone  | 0.50
            2025-10-20 11:00 | phone  |
            2025-10-20 12:00 | onsite |
            2025-10-21 00:00 | phone  | 0
        """,
        shows={
            "consulted": """
                month_accepted | day        | kind   | consultations | minutes | timed
                2025-10-01     | 2025-10-20 | phone  | 3             | 3.75    | 2
                2025-10-01     | 2025-10-20 | onsite | 1             | 0.00    | 0
                2025-10-01     | 2025-10-21 | phone  | 1             | 0.00    | 1
            """
        },
    ),
    Spec(
        "calls at the hall, at the comprehensive window and by the hotline are told apart",
        consultations="""
            at         | place
            2025-10-31 | hall
            2025-10-31 | hotline
            2025-10-31 | hotline
            2025-11-01 | comprehensive_window
        """,
        shows={
            "consulted": """
                month_accepted | day        | place                | consultations
                2025-10-01     | 2025-10-31 | hall                 | 1
                2025-10-01     | 2025-10-31 | hotline              | 2
                2025-11-01     | 2025-11-01 | comprehensive_window | 1
            """
        },
    ),
    Spec(
        "a consultation without a department has an empty one",
        consultations="""
            at         | department
            2025-10-20 | health
            2025-10-20 |
            2025-10-20 |
        """,
        shows={
            "consulted": """
                department | consultations
                           | 2
                health     | 1
            """
        },
    ),
)

SPECS = (*EVENTS, *ISSUES, *HANDLING, *HOURS, *CONSULTATIONS)

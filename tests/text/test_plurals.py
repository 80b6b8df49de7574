"""A noun stands in the form of its number: by Babel's rules, in every sentence, in both languages."""

from __future__ import annotations

import re
import string
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import catalog
from hall.text import LANGUAGES, numbers, t, texts, words
from hall.text.plurals import form
from hall.text.sentences import check

NB = "\u00a0"
FORMS = re.compile(r"\{(\w+):([^{}|]*(?:\{\w+\}[^{}|]*)*)\|")
# What is counted somewhere in the interface. Between a number and its noun stands at most one of these words.
NOUNS = (
    r"activities|acts|bulletins|cases|charts|cities|columns|copies|days|decisions|departments|documents|"
    r"figures|files|formulas|hours|issues|items|matters|measures|megapixels|months|names|notes|numbers|"
    r"observations|pages|people|periods|pictures|pieces|points|quarters|rows|sections|sessions|tasks|texts|"
    r"values|versions|vintages|weeks|years"
)
BESIDE = (
    r"earlier|handling|hidden|monthly|new|provincial|published|ranked|unexplained|unreviewed|weekly|"
    r"withdrawn|working"
)
MANY = re.compile(rf"(?<![\w.,])1(?:{NB}| )(?:(?:{BESIDE}) )?(?:{NOUNS})\b")


def _names(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", sentence))


def test_no_sentence_says_one_of_many() -> None:
    for key, sentence in texts("en").items():
        said = t(key, "en", **dict.fromkeys(_names(sentence), 1))
        assert not MANY.search(said), f"{key}: {said}"
        # every form is asked of a parameter that the Chinese sentence names too
        assert {found[1] for found in FORMS.finditer(sentence)} <= _names(texts("zh")[key]), key


def test_chinese_has_one_form() -> None:
    assert not [key for key, sentence in texts("zh").items() if "|" in sentence]


def test_an_english_sentence_has_two_forms_that_differ() -> None:
    for key, sentence in texts("en").items():
        for _, name, spec, _ in string.Formatter().parse(sentence):
            if spec and "|" in spec:
                one, many = spec.split("|")
                assert one != many, f"{key}: {name}"


@given(st.integers(-(10**9), 10**9))
def test_the_form_of_a_whole_number(n: int) -> None:
    expected = "case" if abs(n) == 1 else "cases"
    assert form(n, "case|cases", "en") == expected
    assert form(f"{n:,}".replace("-", "\u2212"), "case|cases", "en") == expected
    assert form(n, "件", "zh") == "件"


@pytest.mark.parametrize("number", ["1.0", "1.2K", "0", "", "about 1", Decimal("1.00"), "11", "±", None, "nan", "inf"])
def test_what_is_not_exactly_one_is_many(number: object) -> None:
    assert form(number, "case|cases", "en") == "cases"


@pytest.mark.parametrize(
    ("key", "given", "one", "many"),
    [
        ("trends.monthly_bulletin", {}, "1 monthly bulletin", "12 monthly bulletins"),
        ("trends.weekly_bulletin", {}, "1 weekly bulletin", "12 weekly bulletins"),
        ("age.days", {"day": "3 May"}, "data to 3 May, 1 day old", "data to 3 May, 12 days old"),
        ("attention.held", {"document": "A"}, "A: 1 figure held for review.", "A: 12 figures held for review."),
        ("casework.workdays", {}, f"1{NB}working day", f"12{NB}working days"),
        ("drill.number", {"scope": "A", "measure": "open"}, "A: 1 case open", "A: 12 cases open"),
        ("plan.carries", {"name": "A"}, "A carries 1 task", "A carries 12 tasks"),
        ("plan.table", {}, "1 task states a number as target", "12 tasks state a number as target"),
        ("cities.slowest_some", {"days": 1}, "1 city is slowest: nine in ten within 1 working day",
         "12 cities are slowest: nine in ten within 1 working day"),
        ("cli.loaded_refused", {}, "1 file was not loaded.", "12 files were not loaded."),
        ("reconcile.all", {}, "The one published value agrees with the counts",
         "All 12 published values agree with the counts"),
        ("reconcile.off", {"off": 1}, "1 of 1 published value disagrees with the counts",
         "1 of 12 published values disagrees with the counts"),
        ("windows.weeks_between", {}, "1 week", "12 weeks"),
        ("departments.empty_what", {}, "1 bulletin is loaded for that time", "12 bulletins are loaded for that time"),
    ],
)  # fmt: skip
def test_sentences(key: str, given: dict[str, object], one: str, many: str) -> None:
    assert (t(key, "en", n=1, **given), t(key, "en", n="12", **given)) == (one, many)


def test_counts_of_one_sentence_are_told_apart() -> None:
    said = t("cli.read_counts", "en", figures=1, observations=2, activities=1, tasks=0, unclaimed=1)
    assert said == "1 figure, 2 observations, 1 activity, 0 tasks, 1 unexplained number"


def test_units_stand_in_the_form_of_their_number() -> None:
    assert numbers.quantity(Decimal(1), "case", 0, 0, "en") == f"1{NB}case"
    assert numbers.quantity(Decimal(-1), "person", 0, 0, "en") == f"\u22121{NB}person"
    assert numbers.quantity(Decimal("1.0"), "workday", 0, 1, "en") == f"1.0{NB}working days"
    assert numbers.quantity(Decimal(1000), "case", 4, 1, "en") == f"1K{NB}cases"
    assert numbers.margin(Decimal(1), "case", "en") == f"±1{NB}case"
    assert numbers.unit_word("case", "en") == "cases"
    assert not [unit.id for unit in catalog.units().values() if unit.en.count("|") > 1]


def test_a_check_names_its_unit_in_the_form_of_the_difference() -> None:
    told = {"parts": "1 + 2", "sign": "≠", "whole": "4", "slack": "0", "unit": "件"}
    assert "(off by 1 case, " in check("handled_total_is_sum", "fail", told | {"difference": "1"}, "en")
    assert "(off by 2 cases, " in check("handled_total_is_sum", "fail", told | {"difference": "2"}, "en")


def test_the_language_is_bound_once() -> None:
    for lang in LANGUAGES:
        say = words(lang)
        assert say("plan.carries", name="A", n=1) == t("plan.carries", lang, name="A", n=1)
        assert say is words(lang) and say.lang == lang
    with pytest.raises(KeyError):
        words("zh")("no.such")
    # a parameter may have any name, "key" too
    with pytest.raises(KeyError):
        words("zh")("plan.carries", key="A")

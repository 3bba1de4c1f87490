"""What is said of a parameter, or of a key of a file, in a language; declarations are in English.

The English of a declaration is the key to its Chinese, as in gettext. What a program decides by,
as whether a source says that it is an assumption, it reads in the declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.parameter import Parameter
    from sim.scenario.keys import Key
    from sim.show.language import Language


def name_of(one: Parameter, language: Language) -> str:
    """Return what a parameter is called."""
    return one.label_zh if language.code == "zh" else one.label_en


def meaning_of(one: Parameter | Key, language: Language) -> str:
    """Return what a parameter or a key means, in a sentence."""
    return _said(one.meaning, language)


def named(one: Parameter, language: Language) -> str:
    """Return what a parameter is called and what it means."""
    name, meaning = name_of(one, language), meaning_of(one, language)
    return language.say("named", name=name, meaning=meaning)


def unit_of(one: Parameter, language: Language) -> str:
    """Return what a parameter is counted in."""
    return _said(one.unit, language)


def source_of(one: Parameter, language: Language) -> str:
    """Return where a default is from; the marks stay, and names as they were published."""
    return _said(one.source, language)


def group_of(about: str, language: Language) -> str:
    """Return what a group of parameters is, of which ``about`` is the docstring."""
    return _said(about, language)


@cache
def chinese() -> Mapping[str, str]:
    """Return the Chinese of everything that declarations say, by their English."""
    # imported here: most commands never say these texts, and need not wait for them
    from sim.show import (
        words_parameters,
        words_parameters_file,
        words_parameters_policy,
        words_parameters_world,
    )

    return {
        **words_parameters.UNITS,
        **words_parameters.SOURCES,
        **words_parameters_world.MEANINGS,
        **words_parameters_policy.MEANINGS,
        **words_parameters_file.MEANINGS,
        **words_parameters_file.GROUPS,
    }


def _said(text: str, language: Language) -> str:
    return chinese()[text] if language.code == "zh" else text

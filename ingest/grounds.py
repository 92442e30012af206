"""What reading knows of how a claim came about, and the claim itself does not tell: the ground of its confidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grounds:
    """One claim's. Chances are the language model's; None where it says nothing.

    ``sure`` is how sure the model is of the arms that it gave the numbers, None where rules gave them. ``inherited``
    arms and a ``bare`` outcome come from elsewhere; an ``exposure`` is no arm; ``swapped`` arms stand in the text the
    other way round. ``here`` counts the arms and the outcome that the sentence names itself, ``missing`` those that it
    leaves to others.

    ``side`` is the least chance, of all values of an arm, that it is that arm's; ``taken`` the least that a value is a
    result at all. ``linked`` and ``unlinked`` count the values whose arm is that of the relation model, or another;
    ``about`` and ``not_about`` the same of outcomes. ``control`` is the chance that the comparator is the control.

    ``measured`` is how far the words of the outcome are the model's own mention of one: the share of their common
    characters times the model's score.

    ``figures``, ``arms``, ``outcomes`` and ``words`` are those of the sentence; ``section`` is its kind.
    """

    sure: float | None = None
    inherited: bool = False
    bare: bool = False
    exposure: bool = False
    swapped: bool = False
    here: int = 0
    missing: int = 0
    side: float | None = None
    taken: float | None = None
    linked: int = 0
    unlinked: int = 0
    about: int = 0
    not_about: int = 0
    control: float | None = None
    measured: float = 0.0
    figures: int = 0
    arms: int = 0
    outcomes: int = 0
    words: int = 0
    section: str = ""

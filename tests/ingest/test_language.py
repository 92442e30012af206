"""The layers of a text: a tagger that finds what it is told, and each aid switched on alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import cast

import pytest

from ingest.abbreviations import find_definitions
from ingest.aids import Aids, Forms, Tag
from ingest.article import Span
from ingest.language import LAYERS, Language, Text
from ingest.nlp import Token, parse
from ingest.tagger import Tagged, Tagger

TEXT = "Lithium helped mania. Lithium, lithium and lithium failed in bipolar disorder (BD). BD (n = 12) stayed."
OFF = Aids(dictionary=False, terminology=False, consistency=False, abbreviations=False, measures=False)
Seen = list[tuple[str, str, str]]


class Told:
    """Finds the words that it is told, layer by layer, wherever they stand as tokens; asked for what is noted."""

    def __init__(self, **layers: dict[str, str]) -> None:
        self._layers = layers
        self.asked: list[list[str]] = []

    def tag(self, sentences: Sequence[Sequence[str]], heads: Iterable[str]) -> list[dict[str, list[Tagged]]]:
        self.asked.append(list(heads))
        return [{head: self._spans(words, head) for head in self.asked[-1]} for words in sentences]

    def _spans(self, words: Sequence[str], head: str) -> list[Tagged]:
        listed = self._layers.get(head, {})
        return [
            Tagged(i, j, listed[" ".join(words[i:j])], 0.8)
            for i in range(len(words))
            for j in range(i + 1, len(words) + 1)
            if " ".join(words[i:j]) in listed
        ]


class Other:
    """Another model, which finds one word."""

    def __init__(self, words: str) -> None:
        self._words = words

    def concepts(
        self, text: str, tokens: Sequence[Token], kind_of: Callable[[str], str | None]
    ) -> list[tuple[Span, str, None]]:
        at = text.index(self._words)
        return [(Span(at, at + len(self._words)), (kind_of(self._words) or "none").upper(), None)]


def language(told: Told, lexicon: dict[tuple[str, ...], str] | None = None, other: Other | None = None) -> Language:
    return Language(cast(Tagger, told), Forms(lexicon or {}), other)


def text_of(text: str, names: Sequence[Tag] = ()) -> Text:
    return Text(text, parse(text), find_definitions(text), names)


def concepts(made: Language, aids: Aids, text: Text | None = None) -> Seen:
    given = text or text_of(TEXT)
    tags = made.layers(given, ["concept"], aids)["concept"]
    return [(t.span.of(given.text), t.label, t.by) for t in tags]


def test_without_aids_the_layer_is_what_the_tagger_finds() -> None:
    made = language(Told(concept={"Lithium": "DRUG"}), {("mania",): "DISEASE"})
    assert concepts(made, OFF) == [("Lithium", "DRUG", "model")] * 2


def test_the_dictionary_adds_names_and_keeps_what_the_model_found() -> None:
    made = language(Told(concept={"bipolar disorder": "DRUG"}), {("mania",): "DISEASE", ("disorder",): "DISEASE"})
    at = TEXT.index("stayed")
    names = [Tag(Span(at, at + 6), "DISEASE", None, "terminology")]
    training = ("mania", "DISEASE", "dictionary")
    own = ("bipolar disorder", "DRUG", "model")
    name = ("stayed", "DISEASE", "terminology")
    aids = Aids(consistency=False, abbreviations=False)
    assert concepts(made, aids, text_of(TEXT, names)) == [training, own, name]
    assert concepts(made, replace(aids, terminology=False), text_of(TEXT, names)) == [training, own]
    assert concepts(made, replace(aids, dictionary=False), text_of(TEXT, names)) == [own, name]


def test_abbreviations_get_the_label_of_what_they_stand_for() -> None:
    made = language(Told(concept={"bipolar disorder": "DISEASE"}))
    assert concepts(made, Aids(dictionary=False, consistency=False)) == [
        ("bipolar disorder", "DISEASE", "model"),
        ("BD", "DISEASE", "abbreviation"),
        ("BD", "DISEASE", "abbreviation"),
    ]


def test_consistency_treats_a_form_alike_all_over_the_text() -> None:
    text = text_of("Lithium, Lithium and Lithium beat lithium. Mania, mania and mania.")
    made = language(Told(concept={"Lithium": "DRUG", "Mania": "DISEASE"}))
    assert concepts(made, Aids(dictionary=False, abbreviations=False), text) == [
        *[("Lithium", "DRUG", "model")] * 3,
        ("lithium", "DRUG", "consistency"),
    ]


def test_borders_of_values_are_put_right() -> None:
    made = language(Told(result={"12": "MEASURE"}))
    text = text_of(TEXT)
    for aids, expected in ((OFF, "12"), (Aids(), "n = 12")):
        (value,) = made.layers(text, ["result"], aids)["result"]
        assert value.span.of(TEXT) == expected


def test_only_what_is_wanted_is_asked_and_answered() -> None:
    told = Told(concept={"Lithium": "DRUG"}, pio={"mania": "OUTCOME"})
    assert list(language(told).layers(text_of(TEXT), ["pio"])) == ["pio"]
    assert list(language(told).layers(text_of(TEXT))) == list(LAYERS)
    assert language(told).layers(text_of(TEXT), []) == {}
    assert told.asked == [["pio"], list(LAYERS)]


def test_another_model_stands_in_for_our_own_and_has_the_aids() -> None:
    told = Told(concept={"Lithium": "DRUG"})
    made = language(told, other=Other("bipolar disorder"))
    tags = made.layers(text_of(TEXT), ["concept", "pio"], Aids(), lambda _: "disease")["concept"]
    assert [(t.span.of(TEXT), t.label, t.score, t.by) for t in tags] == [
        ("bipolar disorder", "DISEASE", None, "other model"),
        ("BD", "DISEASE", None, "abbreviation"),
        ("BD", "DISEASE", None, "abbreviation"),
    ]
    assert told.asked == [["pio"]]


@pytest.mark.parametrize(
    ("found", "expected"),
    [("mania .", ["mania"]), (".", []), ("Lithium ,", ["Lithium"]), ("12 )", ["12)"])],
)
def test_a_stop_that_hangs_on_a_word_is_not_of_the_mention(found: str, expected: list[str]) -> None:
    made = language(Told(pio={found: "OUTCOME"}))
    assert [t.span.of(TEXT) for t in made.layers(text_of(TEXT), ["pio"])["pio"]] == expected


def test_a_stop_that_stands_alone_stays() -> None:
    text = text_of("It was vit . D in all")
    made = language(Told(pio={"vit .": "OUTCOME"}))
    assert [t.span.of(text.text) for t in made.layers(text, ["pio"])["pio"]] == ["vit ."]


def test_a_short_form_of_several_tokens_is_found_at_its_places() -> None:
    text = text_of("Interleukin-6 (IL-6) rose. High IL-6/CRP and IL - 6.")
    assert [d.short for d in text.definitions] == ["IL-6"]
    tags = language(Told(concept={"Interleukin-6": "DRUG"})).layers(text, ["concept"], Aids(consistency=False))
    assert [t.span.of(text.text) for t in tags["concept"]] == ["Interleukin-6", "IL-6", "IL-6"]


def test_an_empty_text_has_empty_layers() -> None:
    assert language(Told()).layers(text_of("")) == {layer: [] for layer in LAYERS}

"""The interaction model and the manifest: deployable, by Amazon's own classes and by the platform's written rules."""

from __future__ import annotations

import json
import re
import struct
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData
from ask_smapi_model.v1.skill.manifest.skill_manifest_envelope import SkillManifestEnvelope

from tools import package
from tools.interaction_model import LOCALES, MODEL_FILE, as_text, build

SLOT = re.compile(r"\{(\w+)\}")
SAMPLE = re.compile(r"^[a-z' {}_\-]+$")
LONGEST_MODEL = 1_500_000
MOST_INTENTS = 250
SHORTEST_CARRIER = 1


@pytest.fixture(params=LOCALES)
def model(request: pytest.FixtureRequest) -> dict[str, Any]:
    language_model: dict[str, Any] = build(request.param)["interactionModel"]["languageModel"]
    return language_model


def round_trip(value: dict[str, Any], kind: type) -> Any:
    serializer = DefaultSerializer()
    return serializer.serialize(serializer.deserialize(json.dumps(value), kind))


def sorted_lists(value: Any) -> Any:
    return json.loads(json.dumps(value, sort_keys=True))


def test_the_committed_model_is_what_the_content_makes() -> None:
    assert MODEL_FILE.read_text(encoding="utf-8") == as_text(build()), "run `make model`"


@pytest.mark.parametrize("locale", LOCALES)
def test_amazon_reads_the_model_and_drops_nothing(locale: str) -> None:
    built = build(locale)
    assert sorted_lists(round_trip(built, InteractionModelData)) == sorted_lists(built)


def test_amazon_reads_the_manifest_and_drops_nothing() -> None:
    manifest = package.manifest()
    assert sorted_lists(round_trip(manifest, SkillManifestEnvelope)) == sorted_lists(manifest)


def test_a_misspelt_key_would_be_noticed() -> None:
    manifest = package.manifest()
    manifest["manifest"]["publishingInformation"]["testingInstruction"] = "x"
    assert sorted_lists(round_trip(manifest, SkillManifestEnvelope)) != sorted_lists(manifest)


def test_the_invocation_name_keeps_the_rules(model: dict[str, Any]) -> None:
    name = model["invocationName"]
    assert re.fullmatch(r"[a-z]+( [a-z]+)+", name)
    assert not set(name.split()) & {"alexa", "ask", "tell", "open", "launch", "load", "begin", "enable", "skill", "app"}


def test_samples_are_written_as_they_are_heard(model: dict[str, Any]) -> None:
    odd = [
        s
        for intent in model["intents"]
        for s in intent["samples"]
        if not SAMPLE.fullmatch(s) or "  " in s or s != s.strip()
    ]
    assert odd == []


def test_no_sample_stands_in_two_intents(model: dict[str, Any]) -> None:
    owners = defaultdict(set)
    for intent in model["intents"]:
        kinds = {slot["name"]: slot["type"] for slot in intent.get("slots", [])}
        for sample in intent["samples"]:
            written = sample
            for name, kind in kinds.items():
                written = written.replace(f"{{{name}}}", kind)
            owners[written].add(intent["name"])
    assert {sample: names for sample, names in owners.items() if len(names) > 1} == {}


def test_every_slot_is_declared_used_and_has_a_type(model: dict[str, Any]) -> None:
    own_types = {kind["name"] for kind in model["types"]}
    for intent in model["intents"]:
        declared = {slot["name"] for slot in intent.get("slots", [])}
        used = {name for sample in intent["samples"] for name in SLOT.findall(sample)}
        assert used == declared, intent["name"]
        for slot in intent.get("slots", []):
            assert slot["type"] in own_types or slot["type"].startswith("AMAZON."), slot


def test_free_text_has_a_carrier_phrase_and_stands_alone(model: dict[str, Any]) -> None:
    free = {
        (intent["name"], slot["name"])
        for intent in model["intents"]
        for slot in intent.get("slots", [])
        if slot["type"] == "AMAZON.SearchQuery"
    }
    assert free == {("AskQuestionIntent", "question")}
    for intent in model["intents"]:
        for sample in intent["samples"] if intent["name"] == "AskQuestionIntent" else []:
            assert SLOT.findall(sample) == ["question"]
            assert len(SLOT.sub("", sample).split()) >= SHORTEST_CARRIER, sample


def test_the_model_keeps_the_limits(model: dict[str, Any]) -> None:
    assert len(json.dumps(model)) < LONGEST_MODEL
    assert len(model["intents"]) <= MOST_INTENTS
    for kind in model["types"]:
        for value in kind["values"]:
            assert value["id"]
            assert value["name"]["value"] not in value["name"]["synonyms"]


def test_slot_values_are_heard_once(model: dict[str, Any]) -> None:
    for kind in model["types"]:
        owners = defaultdict(set)
        for value in kind["values"]:
            for word in (value["name"]["value"], *value["name"]["synonyms"]):
                owners[word].add(value["id"])
        assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}, kind["name"]


def test_every_question_has_wordings_enough(model: dict[str, Any]) -> None:
    few = {
        i["name"]: len(i["samples"])
        for i in model["intents"]
        if not i["name"].startswith("AMAZON.") and len(i["samples"]) < 15
    }
    assert few == {}


def test_both_spellings_of_letdown_occur(model: dict[str, Any]) -> None:
    samples = [sample for intent in model["intents"] for sample in intent["samples"]]
    assert sum("letdown" in sample for sample in samples) > 100
    assert sum("let down" in sample for sample in samples) > 100


def test_local_words_stand_in_local_models() -> None:
    samples = {locale: as_text(build(locale)) for locale in LOCALES}
    assert re.search(r"\bdiapers?\b", samples["en-US"])
    assert not re.search(r"\b(diapers?|moms?)\b", samples["en-GB"])
    assert all("chestfeeding" in text for text in samples.values())


def test_example_phrases_are_samples() -> None:
    manifest = package.manifest()["manifest"]
    for locale in LOCALES:
        samples = {
            s for intent in build(locale)["interactionModel"]["languageModel"]["intents"] for s in intent["samples"]
        }
        first, *others = manifest["publishingInformation"]["locales"][locale]["examplePhrases"]
        assert first == "Alexa, open milk coach"
        for phrase in others:
            assert re.sub(r"^Alexa, ask milk coach (to )?", "", phrase) in samples, phrase


def test_the_description_carries_the_disclaimer() -> None:
    for locale in LOCALES:
        page = package.manifest()["manifest"]["publishingInformation"]["locales"][locale]
        text = page["description"]
        assert "not a substitute for professional medical advice" in text
        assert "for information and education only" in text
        assert "call your local emergency number" in text
        assert not re.search(r"\b(app|treats?|cures?)\b", text + page["summary"], re.I)
        assert len(text) <= 4000
        assert len(page["summary"]) <= 160


def test_the_manifest_is_for_health_and_not_for_children() -> None:
    manifest = package.manifest()["manifest"]
    assert manifest["publishingInformation"]["category"] == "HEALTH_AND_FITNESS"
    assert manifest["privacyAndCompliance"]["isChildDirected"] is False
    for pages in manifest["privacyAndCompliance"]["locales"].values():
        hosts = [re.sub(r"https://([^/]+)/.*", r"\1", url) for url in pages.values()]
        assert not any("alexa" in host or "amazon" in host for host in hosts)


def test_a_release_refuses_placeholders(capsys: pytest.CaptureFixture[str]) -> None:
    assert package.placeholders(package.manifest())
    assert package.main(["--release"]) == 1
    assert "placeholders" in capsys.readouterr().err.lower()


def test_the_package_has_every_locale(tmp_path: Path) -> None:
    package.write(package.manifest(), tmp_path / "skill-package")
    models = tmp_path / "skill-package" / "interactionModels" / "custom"
    assert {file.stem for file in models.iterdir()} == set(LOCALES)
    assert (tmp_path / "skill-package" / "assets" / "images" / "en-AU_largeIcon.png").is_file()


@pytest.mark.parametrize("size", [108, 512])
def test_icons_have_their_size(size: int) -> None:
    header = Path(f"assets/icon-{size}.png").read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", header[16:24]) == (size, size)

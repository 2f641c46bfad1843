"""Law 12. `loads(dumps(policy)) == policy`; whatever the JSON Schema refuses the reader refuses, and the reader refuses
more only for cross references, CSS and contradictions.
"""

from __future__ import annotations

import json
import re

from hypothesis import given
from jsonschema import Draft202012Validator

from adslot import PolicyError, dumps, from_mapping, json_schema, loads, to_mapping
from tests.strategies import documents, every_policy

VALIDATOR = Draft202012Validator(json_schema())

# What the reader may expect beyond the schema.
BEYOND = re.compile(
    "the name of a (slot|rule)|a name of its own|the key '(kind|slot)'"  # cross references
    "|a file, or one of the presets|a file that (exists|does not extend itself)|a policy file"
    "|a CSS selector|a selector (of elements|that can match)|one of jinja, .* or a regular expression"
    "|a label (for the ad|that says it is an ad|accepted in)"  # of which language is said elsewhere
    "|one of plain|a Jinja template|either 'html' or a template|'template' only where|a template (that can|for articles)|a link to each|the attribute '|sizes such as|layouts, which|the name of a layout"
    "|a width of its own|one with 'min_width|'tag = "
    "|at most 'max'|an anchor in 'at'|'above' and 'below' to count in"  # contradictions
)


@given(every_policy())
def test_a_policy_survives_being_written(policy):
    """As TOML, as a mapping and as JSON; and it is written the same again."""
    text = dumps(policy)
    assert loads(text) == policy
    assert dumps(loads(text)) == text
    assert from_mapping(to_mapping(policy)) == policy
    assert from_mapping(json.loads(json.dumps(to_mapping(policy)))) == policy


@given(every_policy())
def test_the_schema_takes_every_policy(policy):
    """Whatever can be written is right."""
    assert list(VALIDATOR.iter_errors(to_mapping(policy))) == []


@given(documents())
def test_schema_and_reader_agree(data):
    """On documents with faults of every kind; what only the reader refuses is for the reasons that the law names."""
    faults = [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]
    try:
        from_mapping(data)
    except PolicyError as error:
        if not faults:
            assert [str(problem) for problem in error.problems if not BEYOND.match(problem.expected)] == []
    else:
        assert faults == []

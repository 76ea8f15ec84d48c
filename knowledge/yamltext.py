"""YAML text -> data, and the nodes that it stands in. A base that is kept as it was built is loaded without this."""

from typing import Any, ClassVar

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"


class _Loader(_Base):  # type: ignore[misc]
    """The safe loader, fast with plain text; dates stay text: a wrong one is a fault of its field, not of the file."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of a node. Several words that begin with a letter are never a number, yes or no."""
        if kind is yaml.ScalarNode and implicit[0] and " " in value and value[0].isalpha():
            return _TEXT
        return super().resolve(kind, value, implicit)

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """What a node stands for."""
        if node.tag == _TEXT and type(node) is yaml.ScalarNode:
            return node.value
        return super().construct_object(node, deep)


class NotYamlError(ValueError):
    """The text is no YAML: the line, from 1, and what is wrong there."""

    def __init__(self, line: int, problem: str) -> None:
        self.line = line
        super().__init__(problem)


def parse(text: str) -> tuple[Any, yaml.Node | None]:
    """What the text stands for, and its outermost node; None, None where it is empty. Raises NotYamlError."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return (loader.construct_document(node) if node is not None else None), node
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYamlError(mark.line + 1 if mark else 1, str(error.problem or error.context)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise NotYamlError(1, str(error)) from None
    finally:
        loader.dispose()

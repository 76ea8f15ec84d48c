"""A call that Telegram refuses: one kind of exception for all rules and all answers."""


class Refused(Exception):
    """A call that Telegram refuses, with its code and description.

    `fair`: the bot can know it only by trying, so that it has broken no rule.
    """

    def __init__(self, description: str, code: int = 400, fair: bool = False, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.fair = fair or code not in (400, 404) or bool(parameters)
        self.parameters = parameters

"""The environment is read here and nowhere else: a wrong setting is told by its name, a secret is never shown."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import SecretStr, StringConstraints, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "VEJVISER_"


class ConfigError(ValueError):
    """One or more settings are wrong; the text has one line for each, beginning with the variable's name."""


class Settings(BaseSettings):
    """What an operator can set, each as VEJVISER_<NAME>; an empty variable counts as not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, hide_input_in_errors=True, frozen=True, extra="ignore"
    )

    telegram_token: SecretStr | None = None
    """The bot's token from @BotFather; without one there is no Telegram."""
    telegram_api: str = "https://api.telegram.org"
    """Root of the Bot API server, without a slash at the end."""
    language: Literal["da", "en"] = "da"
    """What the bot speaks until it knows better."""
    operator: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    """Who runs the bot and how to reach them, as people are told who ask what is kept of them."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

    @field_validator("telegram_token")
    @classmethod
    def _token_fits_an_address(cls, token: SecretStr | None) -> SecretStr | None:
        # The token becomes part of every address: a stray space or slash would send it to another path.
        if token is None:
            return None
        secret = token.get_secret_value().strip()
        if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", secret):
            raise ValueError("is not a token as @BotFather gives it (digits, a colon, then letters, digits, _ and -)")
        return SecretStr(secret)

    @field_validator("telegram_api")
    @classmethod
    def _api_is_an_address(cls, api: str) -> str:
        parts = urlsplit(api.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("is not an http or https address")
        if re.search(r"[\s{}]", api.strip()):
            raise ValueError("has a space or a brace in it")
        return api.strip().rstrip("/")

    @field_validator("language", "log_level", mode="before")
    @classmethod
    def _case_does_not_matter(cls, value: object, info: object) -> object:
        if not isinstance(value, str):
            return value
        return value.strip().upper() if getattr(info, "field_name", "") == "log_level" else value.strip().lower()


def load_settings() -> Settings:
    """The settings as the environment has them. Raises ConfigError that names every wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        # Built anew, and without the cause: pydantic's own report can quote what was set, and that may be the token.
        lines = [f"{PREFIX}{str(one['loc'][0]).upper()}: {_reason(one['msg'])}" for one in error.errors()]
    raise ConfigError("\n".join(lines))


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")

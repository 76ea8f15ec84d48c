"""The environment is read here and nowhere else: a wrong setting is told by its name, a secret is never shown."""

import os
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, StringConstraints, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.sealing import keys_in

PREFIX = "VEJVISER_"
_HOST = r"([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:[0-9]{1,5})?"
_PORTS = (443, 80, 88, 8443)
LONGEST_DAYS = 3650
CODE = r"[A-Za-z0-9_-]{8,64}"
"""What an invite code can be: it goes into a link, and is not guessed."""


class ConfigError(ValueError):
    """One or more settings are wrong; the text has one line for each, beginning with the variable's name."""


class Settings(BaseSettings):
    """What an operator can set, each as VEJVISER_<NAME>; an empty variable counts as not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, hide_input_in_errors=True, frozen=True, extra="ignore"
    )

    role: Literal["all", "web", "deliver"] = "all"
    """What this process does: all there is, the page alone, or only the sending of notices."""
    telegram_token: SecretStr | None = None
    """The bot's token from @BotFather; without one there is no Telegram."""
    telegram_api: str = "https://api.telegram.org"
    """Root of the Bot API server, without a slash at the end."""
    language: Literal["da", "en"] = "da"
    """What the bot speaks until it knows better."""
    operator: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    """Who runs the bot and how to reach them, as people are told who ask what is kept of them."""
    operators: Annotated[tuple[int, ...], NoDecode] = ()
    """Telegram's numbers of the chats (of a person or a group) that may give the operators' commands."""
    access_list: Annotated[tuple[int, ...], NoDecode] = ()
    """Telegram's numbers of the people, or of the groups, that may use the bot."""
    access_code: SecretStr | None = None
    """What somebody has to give once to be let in."""
    access: Literal["open", "invite", "list"] = "open"
    """Who may use the bot in Telegram: everybody; who has given the code, is listed or an operator; the latter two."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    log_format: Literal["human", "json"] = "human"
    # On some systems both folders are the same one; the key never lies in that of the data.
    database: SecretStr = Field(
        default_factory=lambda: SecretStr(str(user_data_path("vejviser", appauthor=False) / "data" / "vejviser.db"))
    )
    """The path of a SQLite file, or postgresql://user:password@host/name."""
    data_key: SecretStr | None = None
    """The keys that seal what identifies a person, newest first; without any, those in `key_file`."""
    key_file: Path = Field(default_factory=lambda: user_config_path("vejviser", appauthor=False) / "data.key")
    """Made at the first start on SQLite."""
    inactive_days: Annotated[int, Field(ge=0, le=LONGEST_DAYS)] = 365
    """After so many days without a sign of life a chat is erased; 0: never."""
    unanswered_days: Annotated[int, Field(ge=0, le=LONGEST_DAYS)] = 0
    """For so many days questions without an answer are kept, masked and without who asked; 0: they are not."""
    feedback: bool | None = None
    """Whether people are asked if an answer helped; None: where questions without an answer are kept."""

    web: str = "127.0.0.1:8080"
    """Host and port of the page; "": there is none."""
    web_address: str = ""
    """Public root of the page, without a slash at the end; "": as each request has it."""
    web_parents: Annotated[tuple[str, ...], NoDecode] = ()
    """Origins of the pages that may hold ours in a frame."""
    web_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses of the proxies that are believed who the client is, and that it came by TLS."""
    web_limit: Annotated[int, Field(ge=0, le=1_000_000)] = 600
    """How many requests a client may send in a minute; 0: any number."""
    public_url: str = ""
    """Root under which Telegram reaches this process, and brings updates to; "": it is asked for them."""
    telegram_limit: Annotated[int, Field(ge=0, le=1_000_000)] = 20
    """How many messages and presses of one person are answered in a minute; 0: any number."""
    telegram_networks: bool = False
    """Whether updates are taken from Telegram's own networks alone."""
    metrics: str = ""
    """Host and port of the figures and probes for those who watch over the bot; "": there are none."""

    announce: bool = True
    """Whether the running bot announces new updates by itself; else only `vejviser announce` does."""

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

    @field_validator("web", "metrics")
    @classmethod
    def _place_is_host_and_port(cls, place: str) -> str:
        place = place.strip().lower()
        if place in ("", "off", "no", "false", "0"):
            return ""
        found = re.fullmatch(r"(?:(\[[0-9a-f:.]+\]|[a-z0-9.-]+):)?([0-9]{1,5})", place)
        if not found or not 0 <= int(found[2]) <= 65535:
            raise ValueError("is neither off nor a host and a port like 127.0.0.1:8080")
        return f"{found[1] or '127.0.0.1'}:{found[2]}"

    @field_validator("web_address")
    @classmethod
    def _web_address_is_a_root(cls, address: str) -> str:
        address = address.strip().rstrip("/")
        if address and not re.fullmatch(rf"https?://{_HOST}", address, re.IGNORECASE):
            raise ValueError("is not the root of a site, like https://vejviser.kommune.dk")
        return address.lower()

    @field_validator("access_code")
    @classmethod
    def _code_is_one(cls, code: SecretStr | None) -> SecretStr | None:
        if code is None:
            return None
        secret = code.get_secret_value().strip()
        if not re.fullmatch(CODE, secret):
            raise ValueError("is not 8 to 64 letters (a to z), digits, _ and -")
        return SecretStr(secret)

    @field_validator("access")
    @classmethod
    def _access_can_be_given(cls, access: str, info: ValidationInfo) -> str:
        if access == "invite" and info.data.get("access_code") is None:
            raise ValueError("needs VEJVISER_ACCESS_CODE, too: nobody could be let in")
        if access == "list" and not (info.data.get("access_list") or info.data.get("operators")):
            raise ValueError("needs VEJVISER_ACCESS_LIST, too: nobody could be let in")
        return access

    @field_validator("operators", "access_list", mode="before")
    @classmethod
    def _operators_are_numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        words = value.replace(",", " ").split()
        if not all(re.fullmatch(r"-?[1-9][0-9]{0,15}", one) for one in words):
            raise ValueError("has something that is no number by which Telegram knows a person or a group")
        return tuple(int(one) for one in words)

    @field_validator("public_url")
    @classmethod
    def _public_url_is_one_for_telegram(cls, address: str, info: ValidationInfo) -> str:
        address = address.strip().rstrip("/").lower()
        if not address:
            return ""
        if not re.fullmatch(rf"https://{_HOST}", address):
            raise ValueError("is not the https root of a site, like https://vejviser.kommune.dk")
        if (urlsplit(address).port or 443) not in _PORTS:
            raise ValueError("has a port that Telegram does not call: only 443, 80, 88 and 8443")
        if info.data.get("web") == "" and info.data.get("role") != "deliver":
            raise ValueError("needs VEJVISER_WEB, too: there is nothing for Telegram to reach")
        return address

    @field_validator("web_parents", "web_proxies", mode="before")
    @classmethod
    def _lists_are_words(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("web_parents")
    @classmethod
    def _parents_are_origins(cls, parents: tuple[str, ...]) -> tuple[str, ...]:
        for one in parents:
            if not re.fullmatch(rf"https?://(\*\.)?{_HOST}", one, re.IGNORECASE):
                raise ValueError("has something that is no origin like https://intranet.kommune.dk")
        return parents

    @field_validator("web_proxies")
    @classmethod
    def _proxies_are_addresses(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for one in proxies:
            try:
                ip_network(one)
            except ValueError:
                raise ValueError("has something that is no address like 10.0.0.1 or 10.0.0.0/8") from None
        return proxies

    @property
    def judged(self) -> bool:
        """Whether people are asked if an answer helped."""
        return self.unanswered_days > 0 if self.feedback is None else self.feedback

    @property
    def web_at(self) -> tuple[str, int] | None:
        """Host and port to listen at; None: there is no page."""
        return _at(self.web)

    @property
    def metrics_at(self) -> tuple[str, int] | None:
        """The same for who watches over the bot."""
        return _at(self.metrics)

    @field_validator("database")
    @classmethod
    def _database_is_one_we_know(cls, database: SecretStr) -> SecretStr:
        return SecretStr(database_address(database.get_secret_value()))

    @field_validator("data_key")
    @classmethod
    def _keys_are_keys(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None:
            keys_in(keys.get_secret_value())
        return keys

    @field_validator("key_file")
    @classmethod
    def _home_is_found(cls, file: Path) -> Path:
        return file.expanduser().absolute()

    @field_validator("language", "log_level", "log_format", "role", "access", mode="before")
    @classmethod
    def _case_does_not_matter(cls, value: object, info: object) -> object:
        if not isinstance(value, str):
            return value
        return value.strip().upper() if getattr(info, "field_name", "") == "log_level" else value.strip().lower()


def database_address(text: str) -> str:
    """A database's address, or path, as it was written. Raises ValueError where it cannot be one."""
    address = text.strip()
    scheme, colon, rest = address.partition("://")
    if not address or (colon and (scheme not in ("sqlite", "postgresql", "postgres") or not rest.strip("/"))):
        raise ValueError("is neither a path nor an address like postgresql://user:password@host/name")
    return address


def load_settings() -> Settings:
    """The settings as the environment has them, or files that hold one each. Raises ConfigError that names every wrong
    one."""
    # Where systemd puts what LoadCredential= names; a container can mount its secrets as such files, too.
    folder = Path(os.environ.get("CREDENTIALS_DIRECTORY", ""))
    files: dict[str, Any] = {"_secrets_dir": folder} if folder.name and folder.is_dir() else {}
    try:
        return Settings(**files)
    except ValidationError as error:
        # Built anew, and without the cause: pydantic's own report can quote what was set, and that may be the token.
        lines = [f"{PREFIX}{str(one['loc'][0]).upper()}: {_reason(one['msg'])}" for one in error.errors()]
    raise ConfigError("\n".join(lines))


def _at(place: str) -> tuple[str, int] | None:
    host, _, port = place.rpartition(":")
    return (host.strip("[]"), int(port)) if port else None


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")

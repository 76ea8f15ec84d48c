"""Settings: from the environment, told by name when they are wrong, and secret where they must be."""

import os
from pathlib import Path

import pytest

from bot.config import ConfigError, load_settings

SECRET = "123:AAsecret_-9"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without our settings."""
    for name in [one for one in os.environ if one.upper().startswith("VEJVISER_")]:
        monkeypatch.delenv(name)


def test_defaults() -> None:
    settings = load_settings()
    assert settings.telegram_token is None
    assert settings.telegram_api == "https://api.telegram.org"
    assert (settings.language, settings.log_level) == ("da", "INFO")
    assert settings.operator == ""
    assert (settings.inactive_days, settings.unanswered_days) == (365, 0)


def test_values_are_read_and_tidied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEJVISER_TELEGRAM_TOKEN", f" {SECRET}\n")
    monkeypatch.setenv("VEJVISER_TELEGRAM_API", "http://127.0.0.1:8081/")
    monkeypatch.setenv("VEJVISER_LANGUAGE", "EN")
    monkeypatch.setenv("VEJVISER_LOG_LEVEL", "debug")
    monkeypatch.setenv("VEJVISER_OPERATOR", " Kolding Kommune, post@kolding.dk ")
    settings = load_settings()
    assert settings.operator == "Kolding Kommune, post@kolding.dk"
    assert settings.telegram_token
    assert settings.telegram_token.get_secret_value() == SECRET
    assert settings.telegram_api == "http://127.0.0.1:8081"
    assert (settings.language, settings.log_level) == ("en", "DEBUG")
    assert "AAsecret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_TOKEN", "TELEGRAM_API", "LANGUAGE", "LOG_LEVEL"):
        monkeypatch.setenv(f"VEJVISER_{name}", "")
    assert load_settings().telegram_token is None


def test_every_wrong_one_is_named_and_no_secret_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEJVISER_TELEGRAM_TOKEN", "AAsecret with spaces")
    monkeypatch.setenv("VEJVISER_TELEGRAM_API", "api.telegram.org")
    monkeypatch.setenv("VEJVISER_LANGUAGE", "klingon")
    monkeypatch.setenv("VEJVISER_LOG_LEVEL", "loud")
    monkeypatch.setenv("VEJVISER_INACTIVE_DAYS", "-1")
    monkeypatch.setenv("VEJVISER_UNANSWERED_DAYS", "always")
    with pytest.raises(ConfigError) as raised:
        load_settings()
    lines = str(raised.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "VEJVISER_TELEGRAM_TOKEN",
        "VEJVISER_TELEGRAM_API",
        "VEJVISER_LANGUAGE",
        "VEJVISER_LOG_LEVEL",
        "VEJVISER_INACTIVE_DAYS",
        "VEJVISER_UNANSWERED_DAYS",
    ]
    assert "AAsecret" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


@pytest.mark.parametrize("token", ["123", ":AA", "123:", "a:b", "12/3:AA", "1:A/../B", "1:A?x=1", "1:\u00e6"])
def test_token_must_look_like_one(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("VEJVISER_TELEGRAM_TOKEN", token)
    with pytest.raises(ConfigError, match=r"^VEJVISER_TELEGRAM_TOKEN"):
        load_settings()


@pytest.mark.parametrize(
    "api",
    [
        "ftp://x.dk",
        "https://",
        "http://x.dk/{token}",
        "http://x.dk/?a=1",
        "http://a b.dk",
        "http://[1",
    ],
)
def test_api_must_be_an_address(monkeypatch: pytest.MonkeyPatch, api: str) -> None:
    monkeypatch.setenv("VEJVISER_TELEGRAM_API", api)
    with pytest.raises(ConfigError, match=r"^VEJVISER_TELEGRAM_API"):
        load_settings()


@pytest.mark.parametrize(
    ("days", "feedback", "judged"), [("", "", False), ("30", "", True), ("30", "off", False), ("", "on", True)]
)
def test_people_are_asked_where_questions_are_kept_unless_it_is_said(
    monkeypatch: pytest.MonkeyPatch, days: str, feedback: str, judged: bool
) -> None:
    monkeypatch.setenv("VEJVISER_UNANSWERED_DAYS", days)
    monkeypatch.setenv("VEJVISER_FEEDBACK", feedback)
    assert load_settings().judged is judged


def test_the_key_is_never_in_the_folder_of_the_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # As on systems that have one folder for both.
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    settings = load_settings()
    database = Path(settings.database.get_secret_value())
    assert database.is_relative_to(tmp_path)
    assert settings.key_file.is_relative_to(tmp_path)
    assert not settings.key_file.is_relative_to(database.parent)


def test_a_database_with_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEJVISER_DATABASE", " postgresql://anne:hemmelig@db.example/vejviser ")
    monkeypatch.setenv("VEJVISER_DATA_KEY", "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=")
    settings = load_settings()
    assert settings.database.get_secret_value() == "postgresql://anne:hemmelig@db.example/vejviser"
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert "hemmelig" not in shown
    assert "c2VjcmV0" not in shown


@pytest.mark.parametrize("address", ["mysql://anne:hemmelig@db/vejviser", "postgresql://", "sqlite:///"])
def test_database_must_be_one_that_is_known(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("VEJVISER_DATABASE", address)
    with pytest.raises(ConfigError, match=r"^VEJVISER_DATABASE: is neither a path nor") as raised:
        load_settings()
    assert "hemmelig" not in str(raised.value)


def test_keys_must_be_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEJVISER_DATA_KEY", "hemmelig")
    with pytest.raises(ConfigError, match=r"^VEJVISER_DATA_KEY: key 1 is not 32 bytes in base64") as raised:
        load_settings()
    assert "hemmelig" not in str(raised.value)


def test_the_home_folder_can_be_written_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("VEJVISER_KEY_FILE", "~/keys/data.key")
    assert load_settings().key_file == tmp_path / "keys" / "data.key"


@pytest.mark.parametrize(
    ("web", "at"),
    [
        ("", ("127.0.0.1", 8080)),
        ("off", None),
        (" OFF ", None),
        ("0.0.0.0:80", ("0.0.0.0", 80)),
        ("8081", ("127.0.0.1", 8081)),
        ("localhost:0", ("localhost", 0)),
        ("[::1]:8080", ("::1", 8080)),
    ],
)
def test_where_the_page_is_served(monkeypatch: pytest.MonkeyPatch, web: str, at: tuple[str, int] | None) -> None:
    monkeypatch.setenv("VEJVISER_WEB", web)
    assert load_settings().web_at == at


def test_lists_of_the_page_are_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEJVISER_WEB_PARENTS", "https://intranet.kommune.dk, https://*.kk.dk:8443")
    monkeypatch.setenv("VEJVISER_WEB_PROXIES", "127.0.0.1 10.0.0.0/8,::1")
    monkeypatch.setenv("VEJVISER_WEB_ADDRESS", " https://Vejviser.kommune.dk/ ")
    settings = load_settings()
    assert settings.web_parents == ("https://intranet.kommune.dk", "https://*.kk.dk:8443")
    assert settings.web_proxies == ("127.0.0.1", "10.0.0.0/8", "::1")
    assert settings.web_address == "https://vejviser.kommune.dk"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEB", "127.0.0.1"),
        ("WEB", "127.0.0.1:99999"),
        ("WEB", "http://127.0.0.1:80"),
        ("WEB_ADDRESS", "vejviser.dk"),
        ("WEB_ADDRESS", "https://vejviser.dk/chat"),
        ("WEB_ADDRESS", "https://user@vejviser.dk"),
        ("WEB_PARENTS", "https://a.dk; script-src *"),
        ("WEB_PARENTS", "*"),
        ("WEB_PARENTS", "https://a.dk/intranet"),
        ("WEB_PROXIES", "proxy"),
        ("WEB_PROXIES", "*"),
        ("WEB_LIMIT", "-1"),
        ("WEB_LIMIT", "many"),
        ("PUBLIC_URL", "http://vejviser.dk"),
        ("PUBLIC_URL", "https://vejviser.dk/telegram"),
        ("PUBLIC_URL", "https://vejviser.dk:8080"),
        ("TELEGRAM_NETWORKS", "149.154.160.0/20"),
    ],
)
def test_settings_of_the_page_must_fit(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"VEJVISER_{name}", value)
    with pytest.raises(ConfigError, match=rf"^VEJVISER_{name}: "):
        load_settings()


def test_operators_are_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().operators == ()
    monkeypatch.setenv("VEJVISER_OPERATORS", "12345, -1001234567890 7")
    assert load_settings().operators == (12345, -1001234567890, 7)
    for wrong in ("@anne", "12;13", "0", "1.5"):
        monkeypatch.setenv("VEJVISER_OPERATORS", wrong)
        with pytest.raises(ConfigError, match="VEJVISER_OPERATORS: has something that is no number"):
            load_settings()


def test_how_the_bot_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (load_settings().metrics_at, load_settings().log_format) == (None, "human")
    monkeypatch.setenv("VEJVISER_METRICS", "0.0.0.0:9464")
    monkeypatch.setenv("VEJVISER_LOG_FORMAT", "JSON")
    assert (load_settings().metrics_at, load_settings().log_format) == (("0.0.0.0", 9464), "json")


def test_a_file_of_its_name_holds_a_setting_as_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vejviser_telegram_token").write_text(f"{SECRET}\n")
    (tmp_path / "vejviser_language").write_text("en\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    settings = load_settings()
    assert settings.telegram_token
    assert (settings.telegram_token.get_secret_value(), settings.language) == (SECRET, "en")
    # What the environment has goes before, unless it is empty.
    (tmp_path / "vejviser_database").write_text("postgresql://x/y\n")
    monkeypatch.setenv("VEJVISER_DATABASE", "")
    assert load_settings().database.get_secret_value() == "postgresql://x/y"
    monkeypatch.setenv("VEJVISER_LANGUAGE", "da")
    assert load_settings().language == "da"
    (tmp_path / "vejviser_telegram_token").write_text("AAsecret with spaces")
    with pytest.raises(ConfigError, match=r"^VEJVISER_TELEGRAM_TOKEN: is not a token") as raised:
        load_settings()
    assert "AAsecret" not in str(raised.value)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "none"))
    assert load_settings().telegram_token is None


def test_telegram_reaches_the_bot_by_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEJVISER_PUBLIC_URL", " https://Vejviser.kommune.dk:8443/ ")
    assert load_settings().public_url == "https://vejviser.kommune.dk:8443"
    monkeypatch.setenv("VEJVISER_WEB", "off")
    with pytest.raises(ConfigError, match=r"^VEJVISER_PUBLIC_URL: needs VEJVISER_WEB, too"):
        load_settings()


@pytest.mark.parametrize(
    ("access", "more", "wrong"),
    [
        ("invite", {}, "VEJVISER_ACCESS: needs VEJVISER_ACCESS_CODE"),
        ("invite", {"ACCESS_CODE": "kort"}, "VEJVISER_ACCESS_CODE: is not 8 to 64"),
        ("list", {}, "VEJVISER_ACCESS: needs VEJVISER_ACCESS_LIST"),
        ("list", {"ACCESS_LIST": "anne"}, "VEJVISER_ACCESS_LIST: has something that is no number"),
        ("closed", {}, "VEJVISER_ACCESS: "),
    ],
)
def test_access_that_nobody_could_be_given_is_refused(
    monkeypatch: pytest.MonkeyPatch, access: str, more: dict[str, str], wrong: str
) -> None:
    for name, value in {"ACCESS": access, **more}.items():
        monkeypatch.setenv(f"VEJVISER_{name}", value)
    with pytest.raises(ConfigError, match=wrong) as raised:
        load_settings()
    assert "kort" not in str(raised.value)


def test_access_is_read_and_its_code_is_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEJVISER_ACCESS", "Invite")
    monkeypatch.setenv("VEJVISER_ACCESS_CODE", "hent-nyt_2026")
    monkeypatch.setenv("VEJVISER_ACCESS_LIST", "12, -34")
    settings = load_settings()
    assert (settings.access, settings.access_list) == ("invite", (12, -34))
    assert "hent-nyt" not in repr(settings)

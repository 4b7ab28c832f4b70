"""The environment is read strictly: what is not understood stops the start with a sentence."""

from dataclasses import FrozenInstanceError, fields

import pytest

from service.app import create_app
from service.config import Config, ConfigError

SECRET = "ak_nobody-should-read-this-aloud"


def refused(**environment: str) -> str:
    with pytest.raises(ConfigError) as caught:
        Config.from_environment({f"CREDITLINE_{name}": value for name, value in environment.items()})
    return str(caught.value)


def read(**environment: str) -> Config:
    return Config.from_environment({f"CREDITLINE_{name}": value for name, value in environment.items()})


def test_nothing_has_to_be_set():
    config = Config.from_environment({"PATH": "/bin", "CREDIT": "x"})
    assert config == Config()
    assert config.database_url == "sqlite:///var/creditline.db"
    assert config.public_read is True
    assert config.admin_key is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("DATABSE_URL", "CREDITLINE_DATABASE_URL"),
        ("PUBLIC_READS", "CREDITLINE_PUBLIC_READ"),
        ("ADMINKEY", "CREDITLINE_ADMIN_KEY"),
        ("LOGLEVEL", "CREDITLINE_LOG_LEVEL"),
    ],
)
def test_an_unknown_variable_is_refused_with_what_may_be_meant(name, meant):
    message = refused(**{name: "x"})
    assert f"CREDITLINE_{name}: there is no such setting, did you mean {meant}?" in message


@pytest.mark.parametrize("name", ["QWERTYUIOP", "", "database_url"])
def test_an_unknown_variable_is_refused_whatever_it_is(name):
    assert "no such setting" in refused(**{name: "x"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "sqlite://x"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", ""),
        ("SQLITE_SYNCHRONOUS", "OFF"),
        ("ADMIN_KEY", "short"),
        ("ADMIN_KEY", "with spaces in the middle of it"),
        ("ADMIN_KEY", ""),
        ("ADMIN_KEY", "x" * 201),
        ("PUBLIC_READ", "maybe"),
        ("PUBLIC_READ", ""),
        ("READ_ONLY", "2"),
        ("CORS_ORIGINS", "partner.example"),
        ("CORS_ORIGINS", "https://partner.example/path"),
        ("CORS_ORIGINS", "https://a.example,ftp://b.example"),
        ("STATEMENT_TIMEOUT", "0"),
        ("STATEMENT_TIMEOUT", "601"),
        ("STATEMENT_TIMEOUT", "ten"),
        ("STATEMENT_TIMEOUT", "1.5"),
        ("STATEMENT_TIMEOUT", "-1"),
        ("STATEMENT_TIMEOUT", "\u0663"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_bad_value_is_refused_by_name(name, value):
    message = refused(**{name: value})
    assert message.startswith("The configuration cannot be used.")
    assert f"CREDITLINE_{name}:" in message


def test_all_faults_are_told_at_once():
    message = refused(PUBLIC_READ="maybe", STATEMENT_TIMEOUT="ten", COLOUR="red")
    for name in ("PUBLIC_READ", "STATEMENT_TIMEOUT", "COLOUR"):
        assert f"CREDITLINE_{name}:" in message


@pytest.mark.parametrize("value", ["1", "true", "TRUE", "yes", "On"])
def test_true_has_many_words(value):
    assert read(READ_ONLY=value).read_only is True


@pytest.mark.parametrize("value", ["0", "false", "False", "no", "OFF"])
def test_false_has_many_words(value):
    assert read(PUBLIC_READ=value).public_read is False


def test_values_are_read():
    config = read(
        DATABASE_URL="postgresql://u:p@h/n",
        SQLITE_SYNCHRONOUS="normal",
        CORS_ORIGINS="https://a.example, http://b.example:8080",
        STATEMENT_TIMEOUT="5",
        LOG_FORMAT="TEXT",
        LOG_LEVEL="debug",
    )
    assert config.database_url == "postgresql://u:p@h/n"
    assert (config.sqlite_synchronous, config.log_format, config.log_level) == ("NORMAL", "text", "DEBUG")
    assert config.cors_origins == ("https://a.example", "http://b.example:8080")
    assert config.statement_timeout == 5


class TestSecretsFromFiles:
    """Every secret may come from a file."""

    @pytest.mark.parametrize(("name", "value"), [("ADMIN_KEY", SECRET), ("DATABASE_URL", "sqlite:///a.db")])
    def test_it_is_read_without_the_line_end(self, tmp_path, name, value):
        file = tmp_path / "secret"
        file.write_text(f"{value}\n")
        assert getattr(read(**{f"{name}_FILE": str(file)}), name.lower()) == value

    def test_a_file_that_is_not_there_is_told(self, tmp_path):
        assert "CREDITLINE_ADMIN_KEY_FILE:" in refused(ADMIN_KEY_FILE=str(tmp_path / "missing"))

    def test_a_file_that_is_no_text_is_told(self, tmp_path):
        (tmp_path / "secret").write_bytes(b"\xff\xfe\x00")
        assert "CREDITLINE_ADMIN_KEY_FILE:" in refused(ADMIN_KEY_FILE=str(tmp_path / "secret"))

    def test_it_cannot_come_from_both(self, tmp_path):
        file = tmp_path / "secret"
        file.write_text(SECRET)
        assert "keep one of them" in refused(ADMIN_KEY=SECRET, ADMIN_KEY_FILE=str(file))

    def test_a_bad_value_is_told_and_not_shown(self, tmp_path):
        file = tmp_path / "secret"
        file.write_text("a bad secret value")
        assert "a bad secret value" not in refused(ADMIN_KEY_FILE=str(file))
        assert "hunter2 hunter2" not in refused(ADMIN_KEY="hunter2 hunter2 hunter2")
        assert "hunter2" not in refused(DATABASE_URL="mysql://root:hunter2@h/x")

    def test_what_is_no_secret_comes_from_no_file(self, tmp_path):
        assert "CREDITLINE_PUBLIC_READ_FILE:" in refused(PUBLIC_READ_FILE=str(tmp_path))


def test_a_configuration_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Config().read_only = True


def test_every_setting_is_explained():
    for setting in fields(Config):
        assert setting.metadata["about"].endswith("."), setting.name


def test_a_metadata_license_that_does_not_exist_stops_the_start(tmp_path):
    with pytest.raises(ConfigError, match="CREDITLINE_METADATA_LICENSE"):
        create_app(Config(database_url=f"sqlite:///{tmp_path}/a.db", metadata_license="CC-BY-9.9"))

import stat
from datetime import UTC, datetime

from licenses.model.trust import Purpose
from schema_ext.signing.key_files import KeyStore
from tests.cli.conftest import PASSPHRASE, Bench, Run


def test_a_new_key_is_kept_for_its_owner_alone_and_its_id_is_printed(
    command: Run, bench: Bench
) -> None:
    ran = command(
        "keys", "new", "seal", "Demo", "--keys", bench.keys, "--passphrase-file", bench.passphrase
    )

    assert ran.code == 0
    assert stat.S_IMODE((bench.keys / "seal.key.pem").stat().st_mode) == 0o600
    store = KeyStore(bench.keys, PASSPHRASE)

    assert store.load(Purpose.SEAL, datetime.now(UTC)).kid == ran.out.strip()


def test_a_second_key_for_the_same_purpose_is_refused_and_the_first_stays(
    command: Run, bench: Bench
) -> None:
    arguments = ("keys", "new", "seal", "Demo", "--keys", bench.keys)
    first = command(*arguments, "--passphrase-file", bench.passphrase)
    kept = (bench.keys / "seal.key.pem").read_bytes()

    second = command(*arguments, "--passphrase-file", bench.passphrase)

    assert (first.code, second.code) == (0, 64)
    assert "configuration-refused" in second.err
    assert (bench.keys / "seal.key.pem").read_bytes() == kept


def test_a_passphrase_file_that_others_can_open_is_refused(command: Run, bench: Bench) -> None:
    bench.passphrase.chmod(0o644)

    ran = command(
        "keys", "new", "seal", "Demo", "--keys", bench.keys, "--passphrase-file", bench.passphrase
    )

    assert ran.code == 64
    assert "0600" in ran.err
    assert PASSPHRASE not in ran.err
    assert not bench.keys.exists()


def test_a_purpose_that_does_not_exist_is_wrong_use(command: Run, bench: Bench) -> None:
    ran = command("keys", "new", "everything", "Demo", "--keys", bench.keys)

    assert ran.code == 64

"""An authority in a JSON file: who it is, its mandate, and the professions it lists.

{"authority": {"id": ..., "names": [{"lang": "nb", "text": ...}], "country": "NO",
               "url": ..., "time_zone": "Europe/Oslo",
               "mandate": [{"profession": "nurse", "territory": "NO",
                            "period": {"starts": "1990-01-01"}}]},
 "professions": [{"code": "nurse", "titles": [...], "isco08": "2221",
                  "protection": "both", "sector": "health"}]}
"""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from licenses.errors import ConfigurationRefused
from licenses.model.authority import Authority
from licenses.model.profession import Profession
from licenses.model.values import Value


class AuthorityFile(Value):
    """The file as values."""

    authority: Authority
    professions: Annotated[tuple[Profession, ...], Field(min_length=1)]


def read_authority(path: Path) -> AuthorityFile:
    """Read an authority file.

    Raises:
        ConfigurationRefused: missing, not JSON, or a field is wrong; the sentence names it.
    """
    try:
        return AuthorityFile.model_validate_json(path.read_bytes())
    except OSError:
        raise ConfigurationRefused(f"The authority file {path.name} cannot be read.") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "file"
        raise ConfigurationRefused(f"{path.name}: {field}: {first['msg']}.") from None

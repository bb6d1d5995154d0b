"""The XML namespaces of our documents, each stated once, and Clark names in them.

`LIC` is a name we intend to register; changing it makes another format. The others are fixed by
ELMO 1.x (1.7 and 2.0 share one), XML Signature and ETSI EN 319 132-1.
"""

from typing import Final

ELMO: Final = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
LIC: Final = "https://w3id.org/elmo-license/v1"
DS: Final = "http://www.w3.org/2000/09/xmldsig#"
XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XS: Final = "http://www.w3.org/2001/XMLSchema"
XML: Final = "http://www.w3.org/XML/1998/namespace"

LIC_VERSION: Final = "1.0"
"""The version of the extension we write; a reader accepts every 1.x."""


def lic(name: str) -> str:
    """Return the Clark name of an element of the license extension."""
    return f"{{{LIC}}}{name}"


def elmo(name: str) -> str:
    """Return the Clark name of an ELMO element."""
    return f"{{{ELMO}}}{name}"


def ds(name: str) -> str:
    """Return the Clark name of an XML Signature element."""
    return f"{{{DS}}}{name}"


def xades(name: str) -> str:
    """Return the Clark name of a XAdES element."""
    return f"{{{XADES}}}{name}"

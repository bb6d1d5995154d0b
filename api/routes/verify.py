"""Check a file: anybody hands in a sealed license, an ELMO or an answer, and reads the verdict.

The file is read in memory, judged, and forgotten: it never touches the disk (design.md 6).
"""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.page_routes import PageRoute, csrf_token, page, require_csrf
from api.receiver_views import handed_in_verdict_view, verify_view
from api.routes.smp import Receiver, Visitor, give_visitor
from api.web.expect_form import Entered, entered, expectation_of
from api.web.smp_pages import verify_page
from api.web.verdict_page import verdict_page
from licenses.errors import FieldFault, InvalidFields, InvalidRequest
from licenses.model.verdict import Circumstances
from schema_ext.caps import MAX_INFLATED

router = APIRouter(route_class=PageRoute, include_in_schema=False)


class _InMemory(MultiPartParser):
    """Keeps every part in memory: a personal document has no business in a temporary file."""

    spool_max_size = 2 * MAX_INFLATED

    def let_go(self) -> None:
        """Close every part, those of a form that was cut short too."""
        for part in self._files_to_close_on_error:
            part.close()


class Upload:
    """The fields of the form, and the file's bytes."""

    def __init__(self, fields: Mapping[str, str], document: bytes) -> None:
        self.fields, self._document = fields, document

    def required(self) -> bytes:
        """Return the file; raise InvalidFields where none was chosen."""
        if not self._document:
            raise InvalidFields(FieldFault("document", "missing", "Choose the file to check"))
        return self._document


async def _upload(request: Request) -> Upload:
    kind = request.headers.get("content-type", "")
    # No browser names a charset here; the framework would decode by any codec Python knows.
    if not kind.startswith("multipart/form-data") or "charset" in kind.lower():
        raise InvalidRequest("The form cannot be read.")
    parser = _InMemory(request.headers, request.stream(), max_files=1, max_fields=20)
    try:
        form = await parser.parse()
        handed_in = form.get("document")
        document = await handed_in.read() if isinstance(handed_in, UploadFile) else b""
        return Upload(_texts(form), document)
    except MultiPartException:
        raise InvalidRequest("The form cannot be read.") from None
    finally:
        parser.let_go()


def _texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


@router.get("/verify")
def ask(receiver: Receiver, visitor: Visitor) -> Response:
    """Show the form that checks a file."""
    shown = page(verify_page(verify_view(receiver, csrf_token(visitor), Entered())))
    return give_visitor(shown, receiver, visitor)


@router.post("/verify")
def check(
    receiver: Receiver, visitor: Visitor, upload: Annotated[Upload, Depends(_upload)]
) -> Response:
    """Judge the file and show the verdict; nothing of it is kept."""
    require_csrf(upload.fields, visitor)
    typed = entered(upload.fields)
    try:
        document = upload.required()
        expectation = expectation_of(typed, today=receiver.clock().date())
    except InvalidFields as error:
        view = verify_view(receiver, csrf_token(visitor), typed, error.faults)
        return page(verify_page(view), status=422)
    verdict = receiver.verifier.verdict(document, Circumstances(expectation=expectation))
    return page(verdict_page(handed_in_verdict_view(receiver, verdict, expectation)))

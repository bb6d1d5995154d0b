"""Make the refusal of a document from its reason code; the one place that joins the two.

The sentence belongs to the reason (`licenses.model.reasons`), never to the place that found it,
so no message can quote a document by accident.
"""

from licenses.errors import DocumentRejected
from licenses.model.reasons import REASONS, Reason


def rejected(reason: Reason, kind: type[DocumentRejected] = DocumentRejected) -> DocumentRejected:
    """Return the error to raise for `reason`, with its sentence.

    Args:
        reason: any reason that ends the reading of a document; those the table calls
            indeterminate (unsigned, no trust) end it too, because nothing may be handed out.
        kind: `MalformedDocument` where not even the form of the thing is right.
    """
    return kind(reason, REASONS[reason].sentence)

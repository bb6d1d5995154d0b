"""Say what is wrong with a configuration file without quoting anything from it."""

from pydantic import ValidationError


def first_fault(error: ValidationError) -> str:
    """Return the place and the kind of the first fault, as one sentence without its full stop.

    The place is the dotted path in the file; a name that should not be there is named, for it is
    the one thing its author must find.
    """
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"the field {place[:200]} is unknown"
    if fault["type"] == "missing":
        return f"the field {place} is missing"
    return f"{place}: {fault['msg']}" if place else str(fault["msg"])

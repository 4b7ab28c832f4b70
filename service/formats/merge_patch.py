"""JSON Merge Patch (RFC 7396)."""


def merge_patch(target: object, patch: object) -> object:
    """The target with the patch applied: null removes a member, an object merges, anything else replaces.

    Values are those of JSON. Neither input is changed; the result may share parts with both.
    """
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged

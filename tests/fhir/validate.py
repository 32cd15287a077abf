"""Holds a Bundle to FHIR R4: one line for each fault, and exit code 1, when there is any.

    python validate.py BUNDLE.json ...

Form, cardinalities and types are judged by fhir.resources, which knows nothing of Salus. Its models are of R4B (4.3.0), whose
Bundle, Consent, AuditEvent, Provenance, Device, Patient, RelatedPerson, Practitioner, PractitionerRole and Organization are those of R4
(4.0.1). It judges neither empty lists, nor codes of required bindings, nor whither a reference leads, nor constraints; these are
judged here, by the values and the targets that the models list, and by tables written from the specification where they list
none.
"""

import json
import re
import sys

from fhir.resources.R4B import get_fhir_model_class

KINDS = {
    "AuditEvent", "Consent", "Device", "Organization", "Patient", "Practitioner", "PractitionerRole", "Provenance", "RelatedPerson",
}
# Required bindings that the models do not list: https://hl7.org/fhir/R4/auditevent.html and .../device.html.
BOUND = {
    ("AuditEvent", "action"): set("CRUDE"),
    ("AuditEvent", "outcome"): {"0", "4", "8", "12"},
    ("Narrative", "status"): {"generated", "extensions", "additional", "empty"},
}
UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def judged(bundle):
    """The faults of a bundle."""
    faults = []
    whole(bundle, faults)
    filled(bundle, "Bundle", faults)
    kinds = {}
    for entry in bundle.get("entry", []):
        resource, url = entry.get("resource", {}), entry.get("fullUrl", "")
        kind = resource.get("resourceType")
        if kind not in KINDS:
            faults.append(f"{url}: {kind} does not belong here")
            continue
        if not UUID.fullmatch(url) or url != f"urn:uuid:{resource.get('id')}":
            faults.append(f"{url}: is not the urn of {resource.get('id')}")
        if url in kinds:
            faults.append(f"{url}: is there twice")
        kinds[url] = kind
    for entry in bundle.get("entry", []):
        resource = entry.get("resource", {})
        if resource.get("resourceType") in KINDS:
            one(resource, kinds, faults)
    return faults


def whole(bundle, faults):
    if bundle.get("resourceType") != "Bundle" or bundle.get("type") != "collection":
        faults.append("this is no collection")
    if [e.get("resource", {}).get("resourceType") for e in bundle.get("entry", [])].count("Patient") != 1:
        faults.append("it is not of one patient")
    model("Bundle", bundle, faults)


def filled(value, where, faults):
    """JSON for FHIR has no null, no empty text, list or object (https://hl7.org/fhir/R4/json.html)."""
    if value is None or value in ("", [], {}):
        faults.append(f"{where}: is empty")
    elif isinstance(value, dict):
        for name, inner in value.items():
            filled(inner, f"{where}.{name}", faults)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            filled(inner, f"{where}[{number}]", faults)


def model(kind, resource, faults):
    try:
        return get_fhir_model_class(kind).model_validate(resource)
    except ValueError as error:
        faults.append(f"{kind}/{resource.get('id')}: {' '.join(str(error).split())}")
        return None


def one(resource, kinds, faults):
    kind, name = resource["resourceType"], f"{resource['resourceType']}/{resource.get('id')}"
    parsed = model(kind, resource, faults)
    if parsed is not None:
        walk(parsed, name, kinds, faults)
    if kind == "Consent":
        # ppc-1 and the definition of provision.type.
        if not resource.get("policy") and not resource.get("policyRule"):
            faults.append(f"{name}: ppc-1: neither a policy nor a rule")
        provision = resource.get("provision", {})
        if "type" in provision or any("type" not in nested for nested in provision.get("provision", [])):
            faults.append(f"{name}: a type belongs to nested provisions, and to each of them")
    if kind == "AuditEvent" and any("name" in e and "query" in e for e in resource.get("entity", [])):
        faults.append(f"{name}: sev-1: a name or a query")


def walk(element, where, kinds, faults):
    """Every element below: required codes, targets of references, periods (per-1)."""
    for field, info in type(element).model_fields.items():
        value = getattr(element, field, None)
        if value is None:
            continue
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        kind, alias = type(element).__name__, info.alias or field
        allowed = BOUND.get((kind, alias)) or extra.get("enum_values")
        for item in value if isinstance(value, list) else [value]:
            at = f"{where}.{alias}"
            if allowed and str(item) not in allowed:
                faults.append(f"{at}: {item} is not one of {sorted(allowed)}")
            if hasattr(type(item), "model_fields"):
                if type(item).__name__ == "Reference":
                    leads(item, at, extra.get("enum_reference_types", []), kinds, faults)
                walk(item, at, kinds, faults)
    if type(element).__name__ == "Period" and element.start and element.end and element.start > element.end:
        faults.append(f"{where}: per-1: it ends before it begins")


def leads(reference, at, allowed, kinds, faults):
    if not (reference.reference or reference.identifier or reference.display):
        faults.append(f"{at}: refers to nothing")
    target = kinds.get(reference.reference) if reference.reference else reference.type
    if reference.reference and target is None:
        faults.append(f"{at}: {reference.reference} is not in the bundle")
    if reference.reference and reference.type and reference.type != target:
        faults.append(f"{at}: {reference.reference} is a {target}, not a {reference.type}")
    if target and allowed and "Resource" not in allowed and target not in allowed:
        faults.append(f"{at}: {target} is not one of {allowed}")


def main(paths):
    found = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            faults = judged(json.load(file))
        found += len(faults)
        for fault in faults:
            print(f"{path}: {fault}")
        if not faults:
            print(f"{path}: holds")
    return 1 if found or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

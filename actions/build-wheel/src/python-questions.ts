/**
 * Asks the library of PyPI's own server what it refuses in core metadata, and adds the server's rules on top
 * (https://github.com/pypi/warehouse/blob/main/warehouse/forklift/metadata.py). Reads {file: text}, prints [[file, field, problem]].
 */
export const metadataQuestion = `
import email.utils, json, re, sys
from email_validator import EmailNotValidError, validate_email
from packaging.metadata import Metadata
from packaging.requirements import InvalidRequirement, Requirement
from rfc3986 import exceptions, uri_reference, validators
from trove_classifiers import classifiers, deprecated_classifiers

def is_url(text):
    rules = validators.Validator().allow_schemes("http", "https").require_presence_of("scheme")
    try:
        rules.check_validity_of("scheme", "host", "port", "path", "query").validate(uri_reference(text).normalize())
        return True
    except (exceptions.RFC3986Exception, ValueError):
        return False

def refused(text):
    # Uploads leave this field out where the version does not have it; setuptools writes it for years.
    if re.search(r"(?m)^Metadata-Version: *2\\.[0-3] *$", text):
        text = re.sub(r"(?im)^License-File:.*\\n|^Dynamic: *license-file *\\n", "", text)
    data = text.encode()
    try:
        Metadata.from_email(data, validate=True)
    except Exception as error:
        for each in getattr(error, "exceptions", [error]):
            yield getattr(each, "field", "metadata"), str(each)
    metadata = Metadata.from_email(data, validate=False)
    def value(name):
        try:
            return getattr(metadata, name)
        except Exception:
            return None
    if getattr(value("version"), "local", None):
        yield "version", f"{value('version')} has a local part"
    if len(value("summary") or "") > 512:
        yield "summary", f"has {len(value('summary'))} characters"
    for name in ("author_email", "maintainer_email"):
        address = email.utils.parseaddr(value(name) or "")[1]
        try:
            if address:
                validate_email(address, check_deliverability=False)
        except EmailNotValidError as error:
            yield name.replace("_", "-"), f"{address!r} is not an e-mail address: {error}"
    for classifier in sorted(set(value("classifiers") or [])):
        if classifier in deprecated_classifiers:
            instead = " or ".join(map(repr, deprecated_classifiers[classifier]))
            yield "classifier", f"{classifier!r} is deprecated" + (f", use {instead}" if instead else "")
        elif classifier not in classifiers:
            yield "private" if classifier.startswith("Private ::") else "unknown-classifier", repr(classifier)
    for name in ("home_page", "download_url"):
        if value(name) is not None and not is_url(value(name)):
            yield name.replace("_", "-"), f"{value(name)!r} is not a URL"
    for label, url in (value("project_urls") or {}).items():
        if not label or len(label) > 32:
            yield "project-url", f"{label!r} is not a label of 1 to 32 characters"
        elif not is_url(url or ""):
            yield "project-url", f"{url!r} is not a URL"
    for requirement in value("requires_dist") or []:
        if requirement.url is not None:
            yield "requires-dist", repr(str(requirement))
    for name in ("provides_dist", "obsoletes_dist"):
        for text in value(name) or []:
            try:
                wrong = "is a URL" if Requirement(text).url is not None else None
            except InvalidRequirement as error:
                wrong = str(error).split("\\n")[0]
            if wrong:
                yield name.replace("_", "-"), f"{text!r}: {wrong}"
    if value("license") and value("license_expression"):
        yield "license", "stands beside License-Expression"

print(json.dumps([[file, *each] for file, text in json.load(sys.stdin).items() for each in refused(text)]))
`

/**
 * Which names a module binds, without running it. Reads [source, …], prints a list of names for each, `null` for one that
 * cannot be told: it does not parse here, takes all names of another module, or makes names when it runs.
 */
export const namesQuestion = `
import ast, json, sys

scopes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
dynamic = {"globals", "exec", "eval", "setattr", "vars", "locals", "modules", "__dict__"}

def visit(node, found):
    for each in ast.iter_child_nodes(node):
        if isinstance(each, scopes):
            found.add(each.name)
            for inner in ast.walk(each):
                if isinstance(inner, ast.Global):
                    found.update(inner.names)
            continue
        if isinstance(each, ast.alias):
            found.add(each.asname or each.name.split(".")[0])
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found.add(each.id)
        if isinstance(each, ast.ExceptHandler) and each.name:
            found.add(each.name)
        visit(each, found)

def names(source):
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    for each in ast.walk(tree):
        if isinstance(each, ast.Name) and each.id in dynamic or isinstance(each, ast.Attribute) and each.attr in dynamic:
            return None
    found = set()
    visit(tree, found)
    return None if found & {"*", "__getattr__"} else sorted(found)

print(json.dumps([names(source) for source in json.load(sys.stdin)]))
`

/**
 * What is wrong with entry_points.txt, as PyPI reads it (https://github.com/pypi/warehouse/blob/main/warehouse/utils/wheel.py):
 * an INI file in which = alone divides, without paths and blanks in the names of scripts. Reads the text, prints [problem, …].
 */
export const entryPointsQuestion = `
import configparser, json, re, sys

def problems(text):
    parser = configparser.ConfigParser(delimiters=("=",))
    parser.optionxform = str
    try:
        parser.read_string(text)
    except configparser.Error as error:
        yield " ".join(str(error).replace("'<string>'", "it").split())
        return
    for group in ("console_scripts", "gui_scripts"):
        for name in parser[group] if group in parser else ():
            if re.fullmatch(r"[\\w.-]+", name) is None:
                yield f"the command {name!r} is not of letters, digits and . _ - alone"

print(json.dumps(list(problems(json.load(sys.stdin)))))
`

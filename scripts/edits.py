"""Which edits there are: of claims in proofs and of code in Sources, one number or sign at a time. Standard library only."""

import itertools
import re
from dataclasses import dataclass
from decimal import Decimal

# Kinds that are listed and not drawn, with the reason.
NOT_DRAWN = {
    "budget": "numbers of digits, bits and tolerances, and numbers beside error bounds: a greater one is a looser bound, which is as true, or asks for more digits",
    "slip": "numbers and signs in a statement that is refuted, or in the printed form of a misprint: another wrong number is wrong as well",
}


@dataclass(frozen=True)
class Edit:
    file: str
    line: int
    column: int
    owner: str  # the claim or the system
    kind: str
    before: str
    after: str

    def __str__(self):
        return "\t".join([f"{self.file}:{self.line}:{self.column}", self.owner, self.kind, self.before, self.after])

    def applied(self, text):
        lines = text.split("\n")
        line, start = lines[self.line - 1], self.column - 1
        if not line[start:].startswith(self.before):
            raise SystemExit(f"sweep-edits: {self.file}:{self.line}:{self.column} is not {self.before!r}")
        lines[self.line - 1] = line[:start] + self.after + line[start + len(self.before):]
        return "\n".join(lines)

    def shown(self, text):
        """The edited line around the edit, before and after."""
        line, start = text.split("\n")[self.line - 1], self.column - 1
        left, right = line[:start][-28:].lstrip(), line[start + len(self.before):][:28].rstrip()
        return left + self.before + right, left + self.after + right


# What is edited: numbers and operators, in claims and in code

NUMBER = re.compile(r"(?<![\w.$])(?:0x[0-9a-fA-F_]+(?:\.[0-9a-fA-F]+)?(?:p[+-]?\d+)?|\d[\d_]*(?:\.\d[\d_]*)?(?:e[+-]?\d+)?)(?!\w)")
SIGN = re.compile(r"(?:(?<=[(\[\"])|(?<=[=,?:] )|(?<=return ))-(?=[\w(.{])")
SWAPS = {
    "operator": {"+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "&&": "||", "||": "&&"},
    "comparison": {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "!=", "!=": "=="},
    "range": {"..<": "...", "...": "..<"},
    "extremum": {"min": "max", "max": "min"},
}
CODE_OPERATOR = re.compile(r"(?<= )(?:[-+*/]=?|&&|\|\||[<>]=?|[=!]=)(?= )|(?<=[\w)])(?:\.\.<|\.\.\.)(?=[\w(])|\b(?:min|max)(?=\()")
CLAIM_OPERATOR = re.compile(r"(?<= )[-+](?= )|(?<=\S)[*/](?=\S)|(?<= )[<>]=?(?= )")


def larger(number):
    """One more; twice of what has a point or is above 1000; of a hexadecimal fraction the next binary place."""
    if number.startswith("0x"):
        head, _, exponent = number.partition("p")
        return f"{head}p{int(exponent) + 1}" if exponent else hex(int(number.replace("_", ""), 16) + 1)
    plain = number.replace("_", "")
    if plain.isdigit():
        return str(2 * int(plain) if int(plain) > 1000 else int(plain) + 1)
    return str(2 * Decimal(plain)) if Decimal(plain) else "1.0"


def smaller(number):
    return str(int(number) // 2 if int(number) > 1000 else int(number) - 1) if number.isdigit() else str(Decimal(number) / 2)


def operators(text, pattern):
    for match in pattern.finditer(text):
        kind = next(kind for kind, table in SWAPS.items() if match[0] in table)
        yield match.start(), kind, match[0], SWAPS[kind][match[0]]


def formula(text, bothways):
    """Edits of a formula; numbers of an inequality go both ways, as one of them weakens a true statement."""
    for match in NUMBER.finditer(text):
        yield match.start(), "constant", match[0], larger(match[0])
        if bothways:
            yield match.start(), "constant", match[0], smaller(match[0])
    yield from operators(text, CLAIM_OPERATOR)
    yield from ((match.start(), "sign", "-", "") for match in SIGN.finditer(text) if match.end() - 1)
    yield from ((match.start() + 1, "comparison", "=", "<") for match in re.finditer(" = ", text))


# Claims

FORMULAS = {"statement", "let", "hamiltonian", "observable", "unknowns", "maximise", "stationary", "printed", "derived"}
VERDICTS = {"certified": "refuted", "proved": "refuted", "refuted": "certified", "misprinted": "proved", "undecided": "certified"}


@dataclass
class Block:
    """The keys of a claim, of a list of statements, or of a file: their lines, and the claims that take them."""
    file: str
    indent: int
    around: "Block | None"
    lines: list  # each with its number
    ids: list
    is_claim: bool = False
    has_list: bool = False  # whether its last key holds claims

    def words(self):
        """The keys with their texts on the same line, also those around."""
        words = {} if self.around is None else self.around.words()
        for _, line in self.lines:
            if match := re.match(r" {%d}([a-z-]+): (.+)" % self.indent, line):
                words[match[1]] = match[2]
        return words


def blocks(root):
    """Files, lists of statements and claims, each after what stands around it."""
    for path in sorted(root.glob("proofs/*.yaml")):
        if path.name == "coverage.yaml":
            continue
        file = str(path.relative_to(root))
        found = [Block(file, 0, None, [], [])]
        inside = found[:]
        for number, line in enumerate(path.read_text().split("\n"), 1):
            depth = len(line) - len(line.lstrip())
            while line.strip() and inside[-1].indent > depth:
                inside.pop()
            if inside[-1].has_list and depth == inside[-1].indent + 2 and line.lstrip().startswith("- "):
                line = line.replace("- ", "  ", 1)
                inside.append(Block(file, depth + 2, inside[-1], [], [], line.startswith("id: ", depth + 2)))
                found.append(inside[-1])
                if inside[-1].is_claim:
                    for block in inside:
                        block.ids.append(line.split(": ", 1)[1])
            elif line.strip() and depth == inside[-1].indent:
                inside[-1].has_list = line.strip() in ("claims:", "statements:")
            inside[-1].lines.append((number, line))
        yield from found


def claims(root):
    """The claims: id and words."""
    return [(block.ids[0], block.words()) for block in blocks(root) if block.is_claim]


def claim_edits(root):
    for block in blocks(root):
        words, owner, key = block.words(), " ".join(block.ids), None
        pattern = re.compile(r" {%d}([a-z-]+):(?: (.*))?$" % block.indent)
        expected, kind = words.get("expect"), words.get("kind")
        for number, line in block.lines:
            match = pattern.match(line)
            key = match[1] if match else key
            at = line.index(": ") + 2 if match and match[2] else re.match(r" *[\w-]*:? ?", line).end()
            text, found = line[at:], []
            if key == "between" and (ends := re.fullmatch(r"\[([\d.]+), ([\d.]+)\]", text)):
                low, high = map(Decimal, ends.groups())
                found = [(0, "passage", text, f"[{high}, {2 * high - low}]")]
            elif key == "printed" and kind == "value":
                digits = Decimal(text)
                found = [(0, "printed", text, str(digits + Decimal((0, (1,), digits.as_tuple().exponent))))]
            elif key == "expect":
                found = [(0, "verdict", text, VERDICTS[text])]
            elif key in ("digits", "tolerance", "absolute", "ulps"):
                found = [(0, "budget", text, larger(text))] if NUMBER.fullmatch(text) else []
            elif key in FORMULAS:
                slip = kind == "misprint" and key == "printed" or expected == "refuted" and kind != "bound"
                found = [(c, "slip" if slip and k != "comparison" else k, b, a) for c, k, b, a in formula(text, kind == "bound")]
            for column, name, before, after in found:
                yield Edit(block.file, number, at + column + 1, owner, name, before, after)


# Code

SYSTEMS = ["capacity", "dicke", "freedom", "harmonic", "quasi", "spin", "star"]
# Beginnings of names of tests; all other code is held by every claim and every kernel.
TESTS = {
    "capacity": "Capacity|TwoQubit|Lemma", "dicke": "Dicke|ClassicalDicke|StrongCoupling", "freedom": "Freedom", "harmonic": "Harmonic",
    "quasi": "Quasi|Work|Fermion", "spin": "Spin", "star": "Star", "models": r"\w", "kernels": r"\w",
}
TARGETS = {
    "Catalogue": "models", "States": "models", "RigorousNumerics": "numerics", "Operators": "symbolic", "Symbolic": "symbolic", "Claims": "verdicts",
}
BUDGET = re.compile(r"precision|bits|digits|seconds|[Uu]lp|[Bb]udget|[Ee]rror|[Bb]ound|slack|rounding|reserve", re.I)
SKIPPED = re.compile(r"\s*(?:import|#|@|precondition|assert|checkInvariant)")


def system(path):
    target = path.parts[1]
    if target == "Systems":
        # Fermion modes are charged for quantities of quasi.
        folder = {"fermions": "quasi"}.get(path.parts[2].lower(), path.parts[2].lower())
        return folder if folder in SYSTEMS else "models"
    if target == "FastKernels":
        return path.parts[2].lower() if path.parts[2].lower() in SYSTEMS else "kernels"
    return TARGETS[target]


def bare(source):
    """The source with blanks for comments and texts, as long as before."""
    pattern = r'//[^\n]*|#"(?:[^"]|"(?!#))*"#|"""(?:.|\n)*?"""|"(?:\\\((?:[^()"]|\([^()]*\)|"[^"]*")*\)|\\.|[^"\\\n])*"'
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match[0]), source)


def code_edits(root):
    targets = ["Systems", "FastKernels", *TARGETS]
    for path in sorted(path.relative_to(root) for target in targets for path in root.glob(f"Sources/{target}/**/*.swift")):
        # Of Claims what decides, not what reads; of the audits the rule, not the inputs of each system; no cases of the
        # vectors and no figures, which decide nothing.
        if path.parts[1] == "Claims" and path.parts[2] not in ("Kinds", "Tolerance.swift"):
            continue
        if path.name.endswith(("Audit.swift", "Cases.swift", "Faults.swift", "Figures.swift")) and path.name != "KernelAudit.swift":
            continue
        if path.parts[1:3] in (("Catalogue", "Cases"), ("Catalogue", "Figures")):
            continue
        for number, line in enumerate(bare((root / path).read_text()).split("\n"), 1):
            if SKIPPED.match(line):
                continue
            found = list(operators(line, CODE_OPERATOR)) + [(m.start(), "sign", "-", "") for m in SIGN.finditer(line)]
            for match in NUMBER.finditer(line):
                near = line[max(0, match.start() - 24):match.end() + 24]
                found.append((match.start(), "budget" if BUDGET.search(near) else "literal", match[0], larger(match[0])))
            for column, kind, before, after in sorted(found):
                yield Edit(str(path), number, column + 1, system(path), kind, before, after)


# Drawing


def interleaved(lists):
    return [item for row in itertools.zip_longest(*lists) for item in row if item is not None]


def drawn(edits, share, generator):
    """Places in the order of the draw: the shares in turn, in each its kinds in turn, in these at random. A place has one or two edits."""
    groups = {}
    for edit in edits:
        if edit.kind not in NOT_DRAWN:
            kinds = groups.setdefault(share(edit), {}).setdefault(edit.kind, {})
            kinds.setdefault((edit.file, edit.line, edit.column), []).append(edit)
    queues = []
    for kinds in groups.values():
        queues.append([generator.sample(list(places.values()), len(places)) for places in kinds.values()])
        generator.shuffle(queues[-1])
    return interleaved([interleaved(queue) for queue in queues])

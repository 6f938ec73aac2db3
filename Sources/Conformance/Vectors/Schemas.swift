import Catalogue

/// JSON Schemas (2020-12) of the files and of the lines of the protocol.
enum Schemas {
  static let files = [
    Fixtures.File(path: "schema/vectors.schema.json", text: vectors, cases: 0),
    Fixtures.File(path: "schema/invalid.schema.json", text: invalid, cases: 0),
    Fixtures.File(path: "schema/protocol.schema.json", text: lines, cases: 0),
  ]

  /// Tagged values, shared by all schemas.
  private static let definitions = """
        "binary64": {"type": "string", "pattern": "^(-?0x(0|1(\\\\.[0-9a-f]{1,13})?)p[+-][0-9]+|nan|-?inf)$"},
        "value": {
          "oneOf": [
            {"type": "object", "required": ["integer"], "additionalProperties": false, "properties": {"integer": {"type": "string", "pattern": "^-?[0-9]+$"}}},
            {"type": "object", "required": ["binary64"], "additionalProperties": false, "properties": {"binary64": {"$ref": "#/$defs/binary64"}}},
            {"type": "object", "required": ["rational"], "additionalProperties": false, "properties": {"rational": {"type": "string", "pattern": "^-?[0-9]+(/[0-9]+)?$"}}},
            {"type": "object", "required": ["choice"], "additionalProperties": false, "properties": {"choice": {"type": "string"}}},
            {"type": "object", "required": ["vector"], "additionalProperties": false, "properties": {"vector": {"type": "array", "items": {"$ref": "#/$defs/binary64"}}}},
            {"type": "object", "required": ["matrix"], "additionalProperties": false, "properties": {"matrix": {"type": "array", "items": {"type": "array", "items": {
              "type": "array", "minItems": 2, "maxItems": 2, "items": {"$ref": "#/$defs/binary64"}}}}}}
          ]
        },
        "parameters": {"type": "object", "additionalProperties": {"$ref": "#/$defs/value"}},
        "flag": {"enum": [\(CaseFlag.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))]},
        "decimal": {"type": "string", "pattern": "^-?[0-9]+(\\\\.[0-9]+)?(e-?[0-9]+)?$"}
    """

  private static let head = """
      "required": ["format", "quantity", "unit", "scale", "meaning", "source", "origin", "parameters", FLAGS"cases"],
      "additionalProperties": false,
      "properties": {
        "format": {"const": 1},
        "quantity": {"type": "string"},
        "unit": {"type": "string"},
        "meaning": {"type": "string"},
        "scale": {"type": "string", "description": "The natural size of a value, as a formula in the parameters or in words."},
        "source": {"type": "string"},
        "origin": {"type": "object", "required": ["references", "derivation"], "additionalProperties": false, "properties": {
          "references": {"type": "array", "items": {"type": "object", "required": ["paper", "sections", "equations", "text"], "additionalProperties": false, "properties": {
            "paper": {"type": "string"}, "sections": {"type": "array", "items": {"type": "string"}}, "equations": {"type": "array", "items": {"type": "string"}}, "text": {"type": ["string", "null"]}}}},
          "derivation": {"oneOf": [{"type": "null"}, {"type": "object", "required": ["file", "heading"], "additionalProperties": false, "properties": {"file": {"type": "string"}, "heading": {"type": "string"}}}]}}},
        "parameters": {"type": "array", "items": {"type": "object", "required": ["name", "kind", "accepted"], "additionalProperties": false, "properties": {
          "name": {"type": "string"}, "kind": {"enum": ["integer", "binary64", "rational", "choice", "vector", "matrix"]}, "accepted": {"type": "string"}}}},
    """

  private static let vectors = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Certified vectors of one quantity",
      "description": "lower <= true value <= upper, and upper - lower <= 10^-digits min(|lower|, |upper|); both are \\"0\\" where the value is zero.",
      "type": "object",
    \(head.replacing("FLAGS", with: "\"flags\", "))
        "flags": {"type": "object", "description": "The flags that occur, with what they say.", "propertyNames": {"$ref": "#/$defs/flag"}, "additionalProperties": {"type": "string"}},
        "cases": {"type": "array", "minItems": 1, "items": {
          "type": "object",
          "required": ["id", "parameters", "lower", "upper", "digits", "flags", "equation"],
          "additionalProperties": false,
          "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9.-]+\\\\.[0-9]{4}$"},
            "parameters": {"$ref": "#/$defs/parameters"},
            "lower": {"$ref": "#/$defs/decimal"},
            "upper": {"$ref": "#/$defs/decimal"},
            "digits": {"type": "integer", "minimum": 50},
            "flags": {"type": "array", "items": {"$ref": "#/$defs/flag"}},
            "equation": {"type": "string"}
          }
        }}
      },
      "$defs": {
    \(definitions)
      }
    }

    """

  private static let invalid = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Inputs that an implementation must refuse, one fault a case",
      "type": "object",
    \(head.replacing("FLAGS", with: ""))
        "cases": {"type": "array", "minItems": 1, "items": {
          "type": "object",
          "required": ["id", "parameters", "fault"],
          "additionalProperties": false,
          "properties": {
            "id": {"type": "string"},
            "parameters": {"$ref": "#/$defs/parameters"},
            "fault": {"type": "string"}
          }
        }}
      },
      "$defs": {
    \(definitions)
      }
    }

    """

  private static let lines = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "A line of the protocol, in either direction",
      "oneOf": [
        {"title": "start", "type": "object", "required": ["command", "protocol"], "additionalProperties": false, "properties": {"command": {"const": "start"}, "protocol": {"const": 1}}},
        {"title": "answer to start", "type": "object", "required": ["protocol", "name"], "properties": {
          "protocol": {"const": 1}, "name": {"type": "string"}, "version": {"type": "string"}, "language": {"type": "string"}}},
        {"title": "dialect", "type": "object", "required": ["command", "dialect"], "additionalProperties": false, "properties": {"command": {"const": "dialect"}, "dialect": {"const": "qbo-1"}}},
        {"title": "answer to dialect", "type": "object", "required": ["dialect"], "properties": {"dialect": {"type": "boolean"}, "reason": {"type": "string"}}},
        {"title": "run", "type": "object", "required": ["command", "seq", "id", "quantity", "parameters"], "additionalProperties": false, "properties": {
          "command": {"const": "run"}, "seq": {"type": "integer"}, "id": {"type": "string"}, "quantity": {"type": "string"}, "parameters": {"$ref": "#/$defs/parameters"}}},
        {"title": "value", "type": "object", "required": ["seq", "value"], "properties": {
          "seq": {"type": "integer"}, "value": {"$ref": "#/$defs/number"}, "tolerance": {"$ref": "#/$defs/tolerance"}}},
        {"title": "refused", "type": "object", "required": ["seq", "refused"], "properties": {"seq": {"type": "integer"}, "refused": {"type": "string"}}},
        {"title": "skipped", "type": "object", "required": ["seq", "skipped"], "properties": {"seq": {"type": "integer"}, "skipped": {"type": "string"}, "tolerance": {"$ref": "#/$defs/tolerance"}}},
        {"title": "errored", "type": "object", "required": ["seq", "errored"], "properties": {"seq": {"type": "integer"}, "errored": {"type": "string"}}},
        {"title": "stop", "type": "object", "required": ["command"], "additionalProperties": false, "properties": {"command": {"const": "stop"}}}
      ],
      "$defs": {
        "number": {"type": ["string", "number"], "pattern": "^[+-]?(([0-9]+\\\\.?[0-9]*|\\\\.[0-9]+)([eE][+-]?[0-9]{1,6})?|0[xX]([0-9a-fA-F]+\\\\.?[0-9a-fA-F]*|\\\\.[0-9a-fA-F]+)([pP][+-]?[0-9]{1,6})?|[nN][aA][nN]|[iI][nN][fF]([iI][nN][iI][tT][yY])?)$"},
        "tolerance": {"oneOf": [{"type": "null"}, {"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[+]?(([0-9]+\\\\.?[0-9]*|\\\\.[0-9]+)([eE][+-]?[0-9]{1,6})?|0[xX]([0-9a-fA-F]+\\\\.?[0-9a-fA-F]*|\\\\.[0-9a-fA-F]+)([pP][+-]?[0-9]{1,6})?)$"}]},
    \(definitions)
      }
    }

    """
}

extension Unicode.Scalar {
  /// Whether this is no mark on paper: a control, a format character (bidirectional marks among them), a separator of
  /// lines, or no character at all.
  ///
  /// A terminal obeys some of these: text from files shows them escaped.
  public var isHidden: Bool {
    if value < 0x7f { return value < 0x20 }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}

extension StringProtocol {
  /// The text on one line, with every hidden character shown as `\n`, `\t`, `\r` or `\u{...}`.
  public var visible: String { shown { $0.isHidden } }

  /// The same with line ends left as they are, for text of several lines.
  public var visibleLines: String { shown { $0 != "\n" && $0.isHidden } }

  private func shown(_ isEscaped: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: isEscaped) else { return String(self) }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case _ where !isEscaped(scalar): result.unicodeScalars.append(scalar)
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default: result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result
  }
}

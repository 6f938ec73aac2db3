/// A text in quotes in a YAML file, as the lines see it.
struct QuotedText {
  /// The quote.
  let mark: Character
  /// The line on which it opens.
  let first: Int
  /// The line on which it closes; nil where it does not.
  let last: Int?

  /// Whether a fault on a line may come of a quote that was left out: it closes nowhere, or where another one opens.
  func reaches(_ line: Int) -> Bool {
    guard let last else { return true }
    return last > first && last == line
  }

  /// The texts in quotes, in order: a quote opens where a value begins, and comments hold none.
  static func all(in text: String) -> [QuotedText] {
    var result: [QuotedText] = []
    var line = 1
    // The last character that is no blank, and whether blanks follow it.
    var (previous, isApart): (Character?, Bool) = (nil, true)
    var open: (mark: Character, line: Int)?
    var isComment = false
    let characters = Array(text)
    var place = 0
    while place < characters.count {
      let character = characters[place]
      place += 1
      if character.isNewline {
        line += 1
        if open == nil { (previous, isApart, isComment) = (nil, true, false) }
        continue
      }
      if let quote = open {
        if quote.mark == "\"", character == "\\" {
          place += 1
        } else if character == quote.mark {
          // Two single quotes stand for one.
          if quote.mark == "'", place < characters.count, characters[place] == "'" {
            place += 1
            continue
          }
          result.append(QuotedText(mark: quote.mark, first: quote.line, last: line))
          (open, previous, isApart) = (nil, character, false)
        }
        continue
      }
      if isComment { continue }
      switch character {
      case " ", "\t": isApart = true
      case "#" where isApart: isComment = true
      case "\"", "'":
        if previous.map({ "[{,".contains($0) || ":-".contains($0) && isApart }) ?? true {
          open = (character, line)
        } else {
          (previous, isApart) = (character, false)
        }
      default: (previous, isApart) = (character, false)
      }
    }
    if let open { result.append(QuotedText(mark: open.mark, first: open.line, last: nil)) }
    return result
  }
}

import Catalogue

/// Asks a harness all questions, one at a time, and restarts it when it fails.
struct HarnessRunner {
  let command: String
  let containment: Containment

  /// What a run gave.
  struct Run {
    let identity: HarnessIdentity
    let judgements: [Judgement]
    /// How often the harness was started again.
    let restarts: Int
    /// What is to be said of the run as a whole: that it was given up, or how the harness ended.
    let remarks: [String]
  }

  /// - Throws: `BadInput` when the harness cannot be started at all, or has another dialect.
  func run(_ questions: [VectorStore.Question], progress: (Int, VectorStore.Question) -> Void) throws -> Run {
    HarnessSpawn.prepare()
    var session: HarnessSession? = try first()
    guard let identity = session?.identity else { preconditionFailure("HarnessRunner: no first session") }
    var judgements: [Judgement] = []
    var remarks: [String] = []
    // Failures since the last good answer, and what the last one was.
    var (failures, last, restarts) = (0, "", 0)
    // The case that the session has answered last: a line too many is its fault.
    var answered: Int?
    func fail(_ index: Int, _ error: any Error) {
      (session, failures, answered) = (nil, failures + 1, nil)
      last = error is HarnessSession.OtherDialect ? "other conventions after a restart" : "\(error)"
      judgements[index] = Judgement(verdict: .errored, note: last)
    }
    for (index, question) in questions.enumerated() {
      progress(index, question)
      judgements.append(Judgement(verdict: .errored, mark: .notAsked, note: "not asked: the run was given up"))
      if let surplus = session?.surplus { fail(answered ?? index, surplus) }
      guard failures <= Containment.restarts else { continue }
      do {
        if session == nil {
          restarts += 1
          session = try HarnessSession(command, containment)
        }
        guard let answer = try session?.ask(question) else { continue }
        (failures, answered) = (0, index)
        judgements[index] = Judgement(answer, to: question)
      } catch {
        fail(index, error)
      }
    }
    if let surplus = session?.surplus, let answered { fail(answered, surplus) }
    if judgements.contains(where: { $0.mark == .notAsked }) {
      remarks.append(
        """
        the run was given up: the harness failed \(failures) times in a row, after \(Containment.restarts) restarts; \
        last: \(last)
        """
      )
    }
    if let end = session?.stop() { remarks.append(end) }
    return Run(identity: identity, judgements: judgements, restarts: restarts, remarks: remarks)
  }

  /// The first session, tried as often as later ones.
  private func first() throws -> HarnessSession {
    let accepted = "accepted: a command that speaks the protocol of docs/protocol.md"
    var last = ""
    var tries = Containment.restarts + 1
    while tries > 0 {
      do {
        return try HarnessSession(command, containment)
      } catch let other as HarnessSession.OtherDialect {
        throw BadInput(
          """
          --harness: \(other.name) does not speak the dialect \(HarnessSession.dialect): \(other.reason); accepted: a \
          harness that does
          """
        )
      } catch {
        last = "\(error)"
        // A command that is not there, or hangs, will do so the next time.
        switch (error as? HarnessFailure)?.fault {
        case .ended("ended with status 127"), .timeout: tries = 0
        default: tries -= 1
        }
      }
    }
    throw BadInput("--harness: '\(command.abridged)' does not start: \(last); \(accepted)")
  }
}

import Foundation

/// The repository that the tests are of.
public enum Repository {
  /// Its top folder.
  public static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}

extension Figure {
  /// The figures of all systems.
  public static let builtIn: [Figure] =
    SpinFigures.all + DickeFigures.all + CapacityFigures.all + StarFigures.all + FreedomFigures.all
    + QuasiFigures.all + FermionFigures.all
}

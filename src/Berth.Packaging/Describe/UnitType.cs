namespace Berth.Packaging.Describe;

/// <summary>A family of units in which the platform converts.</summary>
internal sealed record UnitType(string Key, IReadOnlyList<Unit> Units);

/// <param name="Factor">How many of the unit one order below make one of this.</param>
internal sealed record Unit(string Key, string Order, string Factor, string Label);

namespace Berth.Torture;

/// <summary>The server broke a promise.</summary>
internal sealed class Violation(string message) : Exception(message);

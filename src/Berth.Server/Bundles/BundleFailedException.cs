namespace Berth.Server.Bundles;

/// <summary>A bundle could not be made, or taken in. The message says why and what to do.</summary>
internal sealed class BundleFailedException(string message, Exception? inner = null) : Exception(message, inner);

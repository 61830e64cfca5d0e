namespace Berth.Oci.Bundles;

/// <summary>A bundle cannot be read or written; the message names the file, what is wrong and what to do.</summary>
public sealed class BundleException(string message, Exception? inner = null) : Exception(message, inner);

namespace Berth.Server.Configuration;

/// <summary>A setting cannot be used as it is; the message tells the operator why and what to do.</summary>
internal sealed class ConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);

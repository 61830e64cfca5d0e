namespace Berth.Torture.Http;

/// <summary>The server was killed while a request was on its way.</summary>
internal sealed class ServerGone() : Exception("the server was killed");

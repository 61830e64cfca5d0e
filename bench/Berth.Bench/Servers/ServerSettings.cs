namespace Berth.Bench.Servers;

/// <summary>What every server needs to start.</summary>
/// <param name="Data">Its own directory; made when it is not there.</param>
internal sealed record ServerSettings(string Work, string BerthFile, string Data, TlsFiles? Tls);

/// <summary>PEM files.</summary>
internal sealed record TlsFiles(string Certificate, string Key);

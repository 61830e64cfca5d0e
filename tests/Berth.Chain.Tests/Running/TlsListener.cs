namespace Berth.Chain.Tests.Running;

/// <summary>What a server that is asked for by HTTPS has: the address it is known by, and the files of its certificate and key.</summary>
internal sealed record TlsListener(string Address, string CertificateFile, string KeyFile);

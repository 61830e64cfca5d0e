namespace Berth.Chain.Tests.Registry;

internal sealed record PushedBlob(string Digest, int Size);

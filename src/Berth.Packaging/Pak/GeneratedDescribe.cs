namespace Berth.Packaging.Pak;

/// <summary>The two files that describe an adapter, as bytes.</summary>
internal sealed record GeneratedDescribe(byte[] Xml, byte[] Properties);

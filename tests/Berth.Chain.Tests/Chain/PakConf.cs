using System.IO.Compression;

namespace Berth.Chain.Tests.Chain;

/// <summary>What a pak says of its image, read with nothing but a zip reader.</summary>
internal sealed record PakConf(string Registry, string Repository, string Digest, string Protocol, string Port)
{
    public string Reference => $"{Registry}{Repository}@{Digest}";

    public static PakConf Read(string pak)
    {
        using var outer = ZipFile.OpenRead(pak);
        using var adapter = new ZipArchive(outer.GetEntry("adapter.zip")!.Open());
        using var text = new StreamReader(adapter.GetEntry("HostWatch.conf")!.Open());
        var lines = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new(lines["REGISTRY"], lines["REPOSITORY"], lines["DIGEST"], lines["API_PROTOCOL"], lines["API_PORT"]);
    }
}

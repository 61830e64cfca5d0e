using System.Text.Json;
using Berth.Packaging.Conf;
using Berth.Packaging.Inspect;

namespace Berth.MpInstall;

/// <summary>What is in a pak, for scripts.</summary>
/// <param name="Image">What a Cloud Proxy pulls; null when that depends on its default registry.</param>
internal sealed record InspectDocument(
    string Pak, string Digest, long Bytes, string? Image, InspectConf Conf, JsonElement? Manifest, PakDescribe? Describe, IReadOnlyList<PakMember> Files)
{
    public static InspectDocument Of(string pak, PakInspection found) => new(
        pak,
        found.Digest.ToString(),
        found.Bytes,
        found.Conf.PullReference?.ToString(),
        InspectConf.Of(found.Conf),
        found.Manifest,
        found.Described,
        [.. found.Members.Where(member => !member.IsDirectory)]);

    public string ToJson() => JsonSerializer.Serialize(this, LookJson.Default.InspectDocument);
}

internal sealed record InspectConf(string AdapterKind, string ApiVersion, string Protocol, int Port, string? Registry, string Repository, string Digest)
{
    public static InspectConf Of(ConfFile conf) => new(
        conf.AdapterKind,
        conf.ApiVersion.ToString(),
        conf.Protocol.Name(),
        conf.Port,
        conf.Registry?.ToString(),
        conf.Repository.ToString(),
        conf.Digest.ToString());
}

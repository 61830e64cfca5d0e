using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Berth.Oci;

namespace Berth.Packaging.Conf;

/// <summary>What the Cloud Proxy knows of an adapter: <c>&lt;AdapterKind&gt;.conf</c> at the root of adapter.zip.</summary>
/// <param name="Port">The port inside the container.</param>
/// <param name="Registry">Null: the registry that the appliance has as its default.</param>
public sealed record ConfFile(
    string AdapterKind,
    ApiVersion ApiVersion,
    ApiProtocol Protocol,
    int Port,
    RegistryHost? Registry,
    RepositoryName Repository,
    Digest Digest)
{
    public string FileName => $"{AdapterKind}.conf";

    /// <summary>What the Cloud Proxy pulls; null when that depends on the appliance's default registry.</summary>
    public Reference? PullReference => Registry is { } registry ? new Reference(registry, Repository, Tag: null, Digest) : null;

    /// <summary>Reads a .conf tolerantly: any order, CRLF, blanks, blank lines, unknown keys and a byte order mark do no harm.</summary>
    /// <param name="problem">What is wrong, naming the key; null on success.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out ConfFile? conf, [NotNullWhen(false)] out string? problem)
    {
        conf = ConfParser.Parse(utf8, out problem);
        return conf is not null;
    }

    /// <summary>The file's bytes: keys in the order that the appliance's own tools write, LF, no byte order mark.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString()
    {
        var text = new StringBuilder();
        Line(ConfKeys.AdapterKind, AdapterKind);
        Line(ConfKeys.ApiVersion, ApiVersion.ToString());
        Line(ConfKeys.Protocol, Protocol.Name());
        Line(ConfKeys.Port, Port.ToString(CultureInfo.InvariantCulture));
        if (Registry is { } registry)
            Line(ConfKeys.Registry, registry.ToString());
        Line(ConfKeys.Repository, $"/{Repository}");
        Line(ConfKeys.Digest, Digest.ToString());
        return text.ToString();

        void Line(string key, string value) => text.Append(key).Append('=').Append(value).Append('\n');
    }
}

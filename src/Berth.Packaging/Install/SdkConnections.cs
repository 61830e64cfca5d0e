using System.Text.Json;
using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>Converts an entry of a project's connections.json to what the adapter's API takes.</summary>
/// <remarks>
/// Layout: <c>connections[]</c> with name, identifiers, credential, certificates and suite_api_*, whose defaults stand at the top level.
/// Values that are no string (numbers, booleans) are written as text, since the API knows only text.
/// </remarks>
internal static class SdkConnections
{
    private const string CredentialKind = "credential_kind_key";
    private const string PlaceholderPrefix = "placeholder_";

    public static AdapterConfig Read(JsonElement file, string? name, PakFacts pak)
    {
        var entry = Choose(file.GetProperty("connections"), name);
        var identifiers = entry.Members("identifiers").Select(member => new Identifier(
            member.Name, Value(member), member.Value.Flag("part_of_uniqueness"))).ToList();
        var kind = pak.Conf.AdapterKind;
        var key = new ObjectKey(entry.Text("name") ?? kind, kind, pak.InstanceKind) { Identifiers = identifiers };
        return new AdapterConfig(key)
        {
            CredentialConfig = Credential(entry),
            ClusterConnectionInfo = Cluster(entry, file),
            CertificateConfig = new CertificateConfig { Certificates = Certificates(entry) },
        };
    }

    private static JsonElement Choose(JsonElement connections, string? name)
    {
        if (connections.ValueKind != JsonValueKind.Array || connections.GetArrayLength() == 0)
            throw new ConnectionException("\"connections\" holds no connection; add one, or leave out --connection");
        if (name is null)
            return connections[0];
        foreach (var entry in connections.EnumerateArray())
        {
            if (entry.Text("name") == name)
                return entry;
        }

        var names = string.Join(", ", connections.EnumerateArray().Select(entry => OneLine.Of(entry.Text("name") ?? "(no name)", 40)));
        throw new ConnectionException($"there is no connection '{OneLine.Of(name, 40)}'; there are: {names}");
    }

    private static CredentialConfig? Credential(JsonElement entry)
    {
        var fields = entry.Members("credential")
            .Where(member => member.Name != CredentialKind)
            .Select(member => new CredentialField(member.Name, Value(member) ?? string.Empty, member.Value.Flag("password")))
            .ToList();
        if (fields.Count == 0)
            return null;
        var kind = entry.GetProperty("credential").Text(CredentialKind)
            ?? throw new ConnectionException($"\"credential\" needs \"{CredentialKind}\"");
        return new CredentialConfig(kind) { CredentialFields = fields };
    }

    private static ClusterConnectionInfo? Cluster(JsonElement entry, JsonElement file)
    {
        var host = Setting("suite_api_hostname");
        var user = Setting("suite_api_username");
        return host is null || user is null ? null : new ClusterConnectionInfo(user, host, Setting("suite_api_password"));

        string? Setting(string key) => Real(entry.Text(key)) ?? Real(file.Text(key));
        string? Real(string? value) => value?.StartsWith(PlaceholderPrefix, StringComparison.Ordinal) == true ? null : value;
    }

    private static List<AcceptedCertificate> Certificates(JsonElement entry) =>
        entry.TryGetProperty("certificates", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Certificate)]
            : [];

    private static AcceptedCertificate Certificate(JsonElement json) => new(
        json.Text("certPemString") ?? throw new ConnectionException("an entry of \"certificates\" needs \"certPemString\""),
        json.Flag("isInvalidHostnameAccepted"),
        json.Flag("isExpiredCertificateAccepted"));

    private static string? Value(JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Object || !member.Value.TryGetProperty("value", out var value))
            throw new ConnectionException($"\"{OneLine.Of(member.Name, 80)}\" needs to be an object with a \"value\"");
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw new ConnectionException($"the value of \"{OneLine.Of(member.Name, 80)}\" needs to be text"),
        };
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Berth.Packaging.Engine;

/// <summary>A context of the docker command: a name for an engine, kept below docker's configuration directory.</summary>
/// <remarks><c>contexts/meta/ID/meta.json</c> has the address and <c>contexts/tls/ID/docker</c> the certificates, ID being SHA-256 of the name.</remarks>
internal static class DockerContext
{
    private const string Default = "default";
    private const long LongestFile = 1024 * 1024;

    /// <param name="configDirectory">Docker's configuration directory.</param>
    /// <param name="named">DOCKER_CONTEXT; null or empty: the one that <c>docker context use</c> has set.</param>
    /// <returns>Null for the default one, which is no file.</returns>
    /// <exception cref="EngineException">There is no such context, or its file is not understood.</exception>
    public static EngineEndpoint? Find(string configDirectory, string? named)
    {
        var name = string.IsNullOrEmpty(named) ? Current(Path.Combine(configDirectory, "config.json")) : named;
        return string.IsNullOrEmpty(name) || name == Default ? null : Read(configDirectory, name);
    }

    private static EngineEndpoint Read(string configDirectory, string name)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var file = Path.Combine(configDirectory, "contexts", "meta", id, "meta.json");
        var what = $"docker context '{OneLine.Of(name, 80)}'";
        using var json = Load(file)
            ?? throw new EngineException(EngineFailure.Address, $"There is no {what} ({file}); 'docker context ls' lists them, DOCKER_HOST overrules them.");
        var endpoint = Member(Member(json.RootElement, "Endpoints"), "docker");
        var skipVerify = Member(endpoint, "SkipTLSVerify") is { ValueKind: JsonValueKind.True };
        var tls = Path.Combine(configDirectory, "contexts", "tls", id, "docker");
        return EngineEndpoint.Parse(Text(endpoint, "Host"), $"The address of {what}") with
        {
            Tls = Directory.Exists(tls) || skipVerify ? new EngineTls(tls, !skipVerify) : null,
        };
    }

    /// <remarks>A configuration that cannot be read names no context; where it matters, to logins, it is an error.</remarks>
    private static string? Current(string config)
    {
        try
        {
            using var json = Load(config);
            return json is null ? null : Text(json.RootElement, "currentContext");
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private static JsonDocument? Load(string file)
    {
        try
        {
            if (!File.Exists(file))
                return null;
            return new FileInfo(file).Length <= LongestFile
                ? JsonDocument.Parse(File.ReadAllBytes(file))
                : throw new EngineException(EngineFailure.Address, $"{file} is too large to be docker's.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EngineException(EngineFailure.Address, $"{file} cannot be read: {OneLine.Of(e.Message)}", e);
        }
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

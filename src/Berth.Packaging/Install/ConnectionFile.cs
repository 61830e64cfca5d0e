using System.Text.Json;
using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>Reads a connection: an AdapterConfig document as the adapter's API takes it, or a project's connections.json.</summary>
internal static class ConnectionFile
{
    private const int MaxBytes = 1024 * 1024;

    /// <exception cref="ConnectionException">The file is missing, is neither of the two, or is for another adapter.</exception>
    public static async Task<AdapterConfig> ReadAsync(InstallOptions options, PakFacts pak, CancellationToken cancellationToken)
    {
        if (options.ConnectionFile is not { } path)
            return Empty(pak);
        var bytes = await ReadBytesAsync(path, cancellationToken);
        try
        {
            using var json = Parse(bytes);
            return Read(json.RootElement, options.ConnectionName, pak);
        }
        catch (Exception e) when (e is JsonException or FormatException or ConnectionException)
        {
            throw new ConnectionException($"{path}: {OneLine.Of(e.Message)}", e);
        }
    }

    /// <summary>What an adapter gets whose connection needs nothing.</summary>
    public static AdapterConfig Empty(PakFacts pak) => new(new ObjectKey(pak.Conf.AdapterKind, pak.Conf.AdapterKind, pak.InstanceKind));

    /// <remarks>The parser's message is left out: it repeats what it did not understand, perhaps a password without its quotes.</remarks>
    private static JsonDocument Parse(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw new ConnectionException($"is not JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    private static AdapterConfig Read(JsonElement json, string? name, PakFacts pak)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new ConnectionException("a JSON object is expected");
        var connection = json.TryGetProperty("connections", out _) ? SdkConnections.Read(json, name, pak) : ReadConfig(json, name);
        if (connection.AdapterKey.AdapterKind != pak.Conf.AdapterKind)
            throw new ConnectionException(
                $"the connection is for the adapter kind '{OneLine.Of(connection.AdapterKey.AdapterKind, 80)}', "
                + $"and the pak's is '{pak.Conf.AdapterKind}'");
        connection.FindMemoryLimit(ContainerSpec.LeastMemoryMegabytes);
        return connection;
    }

    private static AdapterConfig ReadConfig(JsonElement json, string? name)
    {
        if (name is not null)
            throw new ConnectionException(
                "--connection-name chooses from a file with \"connections\", and this file has one connection only");
        return json.Deserialize(AdapterJson.Default.AdapterConfig) ?? throw new ConnectionException("a JSON object is expected");
    }

    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            if (file.Length <= MaxBytes)
            {
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes, cancellationToken);
                return bytes.ToArray();
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConnectionException($"{path}: there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConnectionException($"{path}: cannot be read: {OneLine.Of(e.Message)}", e);
        }

        throw new ConnectionException($"{path}: is larger than {MaxBytes >> 10} KiB and is no connection");
    }
}

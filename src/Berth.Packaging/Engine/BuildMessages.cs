using System.Text.Json;
using Docker.DotNet.Models;

namespace Berth.Packaging.Engine;

/// <summary>Reads the engine's stream of messages during a build: output to show, and at the end the image's id or an error.</summary>
internal sealed class BuildMessages : IProgress<JSONMessage>
{
    private const string Done = "Successfully built ";

    private readonly LineBuffer _lines;

    public BuildMessages(Action<string> output)
    {
        _lines = new LineBuffer(line =>
        {
            if (line.StartsWith(Done, StringComparison.Ordinal))
                ShortId = line[Done.Length..].Trim();
            output(line);
        });
    }

    public string? Error { get; private set; }

    /// <summary>The image as its id or, from engines that send only that, the start of it; null when the stream named none.</summary>
    public string? Image => FullId ?? ShortId;

    private string? FullId { get; set; }

    private string? ShortId { get; set; }

    public void Report(JSONMessage value)
    {
        if (value.Stream is { } text)
            _lines.Append(text);
        else if (value is { Status: { } status, Progress: null })
            _lines.Append(value.ID is { } layer ? $"{layer}: {status}\n" : $"{status}\n");
        if (value.Error is { } error)
            Error = OneLine.Of(error.Message);
        if (value.Aux?.ExtensionData?.TryGetValue("ID", out var aux) == true && aux is JsonElement { ValueKind: JsonValueKind.String } id)
            FullId = id.GetString();
    }

    public void Flush() => _lines.Flush();
}

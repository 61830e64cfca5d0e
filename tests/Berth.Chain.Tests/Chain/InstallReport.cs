using System.Text.Json;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>The result that mp-install writes with `--output json`.</summary>
internal sealed record InstallReport(string Reference, bool Pulled, int Objects, IReadOnlyList<string> Stages)
{
    public static InstallReport Of(CommandResult result)
    {
        using var document = JsonDocument.Parse(result.Succeeded().Output);
        var root = document.RootElement;
        return new(
            root.GetProperty("reference").GetString()!,
            root.GetProperty("pulled").GetBoolean(),
            root.GetProperty("collected").GetProperty("objects").GetInt32(),
            [.. root.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("stage").GetString()!)]);
    }
}

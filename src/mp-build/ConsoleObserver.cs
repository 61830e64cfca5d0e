using System.Globalization;
using Berth.Packaging.Build;

namespace Berth.MpBuild;

/// <summary>Writes a line for each stage as it ends, and what the image's build prints as it comes.</summary>
internal sealed class ConsoleObserver(TextWriter writer) : IPackObserver
{
    public void Ended(PackStage stage, bool succeeded, TimeSpan elapsed, string detail)
    {
        var outcome = succeeded ? "ok" : "failed";
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{stage.Name(),-15}  {outcome,-6}  {elapsed.TotalSeconds,6:0.00} s  {detail}").TrimEnd());
    }

    public void Note(string text) => writer.WriteLine($"note: {text}");

    public void Output(string line) => writer.WriteLine($"  | {line}");
}

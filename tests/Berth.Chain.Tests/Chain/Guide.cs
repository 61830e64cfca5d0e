using System.Text.RegularExpressions;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>A page of docs/guides whose commands are run: its blocks of <c>sh</c>, in their order, each with the word that may follow it.</summary>
internal sealed partial record Guide(string Name, IReadOnlyList<Guide.Block> Blocks)
{
    public static Guide Read(string name)
    {
        var text = File.ReadAllText(Path.Combine(Executables.Checkout, "docs", "guides", name));
        var blocks = Fence().Matches(text).Select(block => new Block(block.Groups["where"].Value, block.Groups["commands"].Value)).ToList();
        return blocks.Count > 0 ? new(name, blocks) : throw new InvalidDataException($"docs/guides/{name} has no block of commands");
    }

    [GeneratedRegex("^ *```sh ?(?<where>[a-z-]*)\n(?<commands>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    /// <param name="Where">What the test does with it: empty, run it.</param>
    internal sealed record Block(string Where, string Commands);
}

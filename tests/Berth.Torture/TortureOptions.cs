using System.Globalization;

namespace Berth.Torture;

/// <summary>The command line: a command, and numbers by name.</summary>
internal sealed class TortureOptions
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private TortureOptions(string command) => Command = command;

    public string Command { get; }

    /// <exception cref="FormatException">It is not understood.</exception>
    public static TortureOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new TortureOptions(arguments.Count > 0 ? arguments[0] : throw new FormatException("a command is missing"));
        for (var i = 1; i < arguments.Count; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Count
                || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new FormatException($"'{arguments[i]}' is not --NAME followed by a number");
            options._numbers[arguments[i][2..]] = number;
        }

        return options;
    }

    public int Number(string name, int otherwise) => _numbers.TryGetValue(name, out var number) ? number : otherwise;
}

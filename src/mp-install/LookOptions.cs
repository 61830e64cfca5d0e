using System.CommandLine;
using System.CommandLine.Parsing;
using Berth.Oci;
using Berth.Packaging.Doctor;

namespace Berth.MpInstall;

/// <summary>What several commands take on their lines. Each command has its own: a command line belongs to one.</summary>
internal static class LookOptions
{
    public const string Json = "json";

    public static Argument<string> Pak() => new("PAK") { Description = "The .pak file." };

    public static Option<string> Output()
    {
        var option = new Option<string>("--output")
        {
            Description = "Form of the result on standard output.",
            HelpName = "text|json",
            DefaultValueFactory = _ => "text",
        };
        return option.AcceptOnlyFromAmong("text", Json);
    }

    public static Option<RegistryHost?> DefaultRegistry() => new("--default-registry")
    {
        Description = "Registry of a pak that names none.",
        HelpName = "HOST",
        CustomParser = ParseHost,
    };

    public static PakCheckOptions Check(ParseResult parsed, Argument<string> pak, Option<RegistryHost?> defaultRegistry) =>
        new(parsed.GetRequiredValue(pak)) { DefaultRegistry = parsed.GetValue(defaultRegistry) };

    private static RegistryHost? ParseHost(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (RegistryHost.TryParse(text, out var host))
            return host;
        result.AddError($"--default-registry takes a host or host:port without scheme and path, not '{text}'.");
        return null;
    }
}

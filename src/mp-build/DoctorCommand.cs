using System.CommandLine;
using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging;
using Berth.Packaging.Doctor;

namespace Berth.MpBuild;

/// <summary>Says of any registry whether management packs can be pushed to it and pulled from it.</summary>
internal static class DoctorCommand
{
    private static readonly Argument<string> Repository = new("REPOSITORY") { Description = "Repository that the appliance pulls from: HOST/PATH." };

    private static readonly Option<FileInfo?> SaveCa = new("--save-ca")
    {
        Description = "Write the certificate that each Cloud Proxy has to be given to this file, if there is one.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("doctor", $"""
            Finds out whether a registry has what management packs need: it can be reached with TLS that is trusted, takes a push with a login, and
            gives a pull without one. Nothing is changed there. Each finding is a line on standard output, with its fix.

            {DoctorExitCodes.Help}
            """)
        {
            Repository, Options.PushRepository, Options.Username, Options.Password, Options.PasswordStdin, Options.InsecureRegistries, SaveCa,
            Options.Output,
        };
        command.Validators.Add(LoginRules.Check);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var report = await new RegistryCheck(Read(parsed)).RunAsync(cancellationToken);
            var saved = Save(parsed.GetValue(SaveCa), report.Authority);
            if (parsed.GetValue(Options.Output) == PackDocument.Format)
                Console.Out.WriteLine(DoctorDocument.Of(parsed.GetValue(Repository)!, report, saved).ToJson());
            else
                DoctorLines.Write(report, Console.Out);
            return report.Failure is { } failure ? ExitCodes.Of(failure) : ExitCodes.Success;
        }
        catch (PackException e)
        {
            Console.Error.WriteLine($"{CommandLine.Name}: {e.Message}");
            return ExitCodes.Of(e.Failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine($"{CommandLine.Name}: interrupted");
            return ExitCodes.Interrupted;
        }
    }

    private static RegistryCheckOptions Read(ParseResult parsed)
    {
        var pull = Parse("REPOSITORY", parsed.GetValue(Repository)!);
        var push = parsed.GetValue(Options.PushRepository) is { Length: > 0 } given ? Parse("--push-registry", given) : pull;
        var options = new RegistryCheckOptions(push, pull) { InsecureHosts = parsed.GetValue(Options.InsecureRegistries) ?? [] };
        return Login.Read(parsed) is { } login ? options with { Credentials = new FixedCredentialSource(push.Registry, login) } : options;
    }

    private static Reference Parse(string source, string text) => Reference.TryParseRepository(text, out var repository, out var problem)
        ? repository
        : throw new PackException(PackFailure.Usage, $"{source}: {problem}");

    /// <returns>Full path of what was written; null when nothing had to be.</returns>
    private static string? Save(FileInfo? file, ServedAuthority? authority)
    {
        if (file is null)
            return null;
        if (authority is null)
        {
            Console.Error.WriteLine($"note: {file} is not written: no appliance has to be given a certificate");
            return null;
        }

        try
        {
            File.WriteAllText(file.FullName, authority.Pem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackException(PackFailure.Usage, $"--save-ca: {file} cannot be written: {e.Message}", e);
        }

        Console.Error.WriteLine($"note: {file} holds the certificate of '{authority.Subject}'");
        if (!authority.IsRoot)
            Console.Error.WriteLine(
                "note: that is the highest one that the server sends, and not the one of its authority: it is good until the server gets another; "
                + "ask whoever runs the registry for the certificate of its authority");
        return file.FullName;
    }
}

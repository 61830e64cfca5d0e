using System.CommandLine;
using Berth.Packaging.Build;

namespace Berth.MpBuild;

internal static class CommandLine
{
    public const string Name = "mp-build";

    public static string? Home => Environment.GetEnvironmentVariable("HOME");

    public static RootCommand Create()
    {
        var root = new RootCommand($"""
            Builds the management pack of a project: builds its image, asks the adapter in it for its description, pushes the image, proves that it
            can be pulled without a login, and writes build/NAME_VERSION.pak. An earlier pak stays as it is when that fails.

            The path of the pak and the reference that the appliance pulls go to standard output, everything else to standard error.

            Environment:
              {Login.PasswordVariable}  the password that goes with --registry-username
              DOCKER_HOST                 the container engine; else docker's context, else the first socket of docker or podman
              SOURCE_DATE_EPOCH           time of all files in the pak, else 1980-01-01
              LOG_LEVEL                   DEBUG, INFO, WARNING, ERROR or CRITICAL: how much is said, and written to logs/build.log

            {ExitCodes.Help}
            """)
        {
            Options.Project, Options.Port, Options.Repository, Options.PushRepository, Options.UseDefaultRegistry,
            Options.Username, Options.Password, Options.PasswordStdin, Options.Insecure, Options.InsecureRegistries, Options.NoTerminal, Options.Save,
            Options.Image, Options.Platform, Options.Unverified, Options.NoAttach, Options.Sign,
            Options.Output,
        };
        root.Options.OfType<VersionOption>().Single().Aliases.Add("-V");
        root.Validators.Add(LoginRules.Check);
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(InitCommand.Create());
        root.Subcommands.Add(RetargetCommand.Create());
        root.SetAction((parsed, cancellationToken) => BuildCommand.RunAsync(parsed, cancellationToken));
        return root;
    }

    /// <exception cref="Packaging.PackException">There is a user name and no password.</exception>
    public static PackOptions Read(ParseResult parsed) => new()
    {
        Repository = parsed.GetValue(Options.Repository),
        PushRepository = parsed.GetValue(Options.PushRepository),
        UseDefaultRegistry = parsed.GetValue(Options.UseDefaultRegistry),
        InsecureCommunication = parsed.GetValue(Options.Insecure),
        HostPort = parsed.GetValue(Options.Port),
        Login = Login.Read(parsed),
        InsecureRegistries = parsed.GetValue(Options.InsecureRegistries) ?? [],
        Image = parsed.GetValue(Options.Image),
        Platform = parsed.GetValue(Options.Platform) ?? Oci.Platform.CloudProxy,
        Unverified = parsed.GetValue(Options.Unverified),
        Attach = !parsed.GetValue(Options.NoAttach),
        SigningKey = parsed.GetValue(Options.Sign),
        Save = parsed.GetValue(Options.Save),
        Home = Home,
        SourceDateEpoch = Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"),
    };
}

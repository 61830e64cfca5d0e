using System.Diagnostics;
using System.Text.RegularExpressions;
using Berth.Oci.Client;

namespace Berth.Oci.Tests.Client;

/// <summary>Debian's docker-registry (distribution 2.8) on a free port of this machine, with a store of its own.</summary>
public abstract partial class ForeignRegistry : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("berth-foreign-");
    private Process? _process;

    public RegistryHost Host { get; private set; }

    /// <summary>Lines of the configuration's <c>auth</c> section; none means that everybody may do everything.</summary>
    protected virtual string Auth(string directory) => "";

    public async ValueTask InitializeAsync()
    {
        var configuration = Path.Combine(_directory.FullName, "config.yml");
        await File.WriteAllTextAsync(configuration, $"""
            version: 0.1
            log:
              level: info
            storage:
              filesystem:
                rootdirectory: {_directory.FullName}/data
              delete:
                enabled: true
            http:
              addr: 127.0.0.1:0
            {Auth(_directory.FullName)}
            """);
        _process = Process.Start(new ProcessStartInfo(Programs.Find("docker-registry", package: "docker-registry"), ["serve", configuration])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        Host = RegistryHost.Parse(await ReadAddressAsync(_process.StandardError));
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    public RegistryClient Client(ICredentialSource? credentials = null) => new(Host, credentials ?? AnonymousCredentialSource.Instance);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _directory.Delete(recursive: true);
    }

    /// <summary>The port is the registry's own choice, told in its log, so that no other process can take it before.</summary>
    private static async Task<string> ReadAddressAsync(StreamReader log)
    {
        var said = new List<string>();
        while (await log.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (Listening().Match(line) is { Success: true } match)
                return match.Groups["address"].Value;
        }

        throw new InvalidOperationException($"docker-registry did not start: {string.Join('\n', said)}");
    }

    [GeneratedRegex(@"listening on (?<address>127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}

public sealed class OpenForeignRegistry : ForeignRegistry;

/// <summary>Wants a login for everything, by HTTP Basic authentication.</summary>
public sealed class GuardedForeignRegistry : ForeignRegistry
{
    public static Credential Login { get; } = new("pusher", "pa:ss wörd");

    protected override string Auth(string directory)
    {
        var file = Path.Combine(directory, "htpasswd");
        File.WriteAllText(file, "pusher:$2y$05$Sy2LiB.ZsPB1gvLwEB8NHOi6ijfjXQ3bwr/fdJZodzXz2exxaMB/O\n");
        return $"""
            auth:
              htpasswd:
                realm: foreign
                path: {file}
            """;
    }
}

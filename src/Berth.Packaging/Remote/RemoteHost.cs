using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Berth.Packaging.Remote;

/// <summary>A session on a host, with a directory there that goes with the session.</summary>
internal sealed class RemoteHost : IAsyncDisposable
{
    private readonly RemoteTarget _target;
    private readonly SshClient _client;
    private string? _directory;

    private RemoteHost(RemoteTarget target, SshClient client) => (_target, _client) = (target, client);

    /// <exception cref="RemoteException">It cannot be reached, is not who it should be, or does not let this user in.</exception>
    public static async Task<RemoteHost> ConnectAsync(RemoteTarget target, RemoteAccess access, CancellationToken cancellationToken)
    {
        var known = KnownHosts.Read(access.KnownHosts);
        var client = new SshClient(Login.Of(target, access));
        RemoteException? refused = null;
        client.HostKeyReceived += (_, shown) => shown.CanTrust = (refused = Refuse(target, access, known, shown)) is null;
        try
        {
            await client.ConnectAsync(cancellationToken);
            return new RemoteHost(target, client);
        }
        catch (Exception e) when (e is SshException or SocketException or IOException or InvalidOperationException)
        {
            client.Dispose();
            throw refused ?? new RemoteException(Explain(target, e), e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>A directory that only this user sees.</summary>
    /// <exception cref="RemoteException">There is no place.</exception>
    public async Task<string> MakeDirectoryAsync(CancellationToken cancellationToken)
    {
        var made = await RunAsync("umask 077 && mktemp -d", null, cancellationToken);
        _directory = made is { ExitCode: 0, Output: var path } && path.Trim() is ['/', ..] trimmed
            ? trimmed
            : throw new RemoteException($"{_target}: no temporary directory can be made there: {Engine.OneLine.Of(made.Error)}");
        return _directory;
    }

    /// <param name="name">A plain name; it comes to lie in the directory.</param>
    /// <exception cref="RemoteException">It does not fit there.</exception>
    public async Task UploadAsync(string file, string name, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        var command = $"umask 077 && cat >{Shell.Quote($"{_directory}/{name}")} && chmod 700 {Shell.Quote($"{_directory}/{name}")}";
        var ended = await RunAsync(command, content, cancellationToken);
        if (ended.ExitCode != 0)
            throw new RemoteException($"{_target}: {name} cannot be written there: {Engine.OneLine.Of(ended.Error)}");
    }

    /// <exception cref="RemoteException">The session broke.</exception>
    public async Task<RemoteResult> RunAsync(string commandLine, Stream? input, CancellationToken cancellationToken)
    {
        try
        {
            using var command = _client.CreateCommand(commandLine);
            var run = command.ExecuteAsync(cancellationToken);
            if (input is not null)
            {
                await using var to = command.CreateInputStream();
                await input.CopyToAsync(to, cancellationToken);
            }

            await run;
            return new RemoteResult(command.ExitStatus ?? -1, command.Result, command.Error);
        }
        catch (Exception e) when (e is SshException or SocketException or IOException or ObjectDisposedException)
        {
            throw new RemoteException($"{_target}: the session broke off: {Engine.OneLine.Of(e.Message)}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_directory is not null)
                await RunAsync($"rm -rf {Shell.Quote(_directory)}", null, CancellationToken.None);
        }
        catch (RemoteException)
        {
            // The host is gone; its own cleaning of temporary files takes what is left.
        }

        _client.Dispose();
    }

    private static RemoteException? Refuse(RemoteTarget target, RemoteAccess access, KnownHosts known, HostKeyEventArgs shown)
    {
        var fingerprint = $"{shown.HostKeyName} SHA256:{shown.FingerPrintSHA256}";
        return known.Judge(target.KnownName, shown.HostKey) switch
        {
            KnownHost.Same => null,
            KnownHost.Another => new RemoteException(
                $"{target} shows another key ({fingerprint}) than {access.KnownHosts} has for it: it was deployed anew, or somebody is in between. "
                + $"Compare it at the console; 'ssh-keygen -R {target.KnownName}' removes the old one."),
            _ => new RemoteException(
                $"{target} is not known: its key is {fingerprint}. Compare it at the console, and take it into {access.KnownHosts} by logging in with ssh once."),
        };
    }

    private static string Explain(RemoteTarget target, Exception e) => e switch
    {
        SshAuthenticationException =>
            $"{target} does not let this user in ({Engine.OneLine.Of(e.Message)}): give a key with --identity, or a password in MP_INSTALL_SSH_PASSWORD.",
        SshOperationTimeoutException => $"{target} gives no answer: is it up, and is its SSH service on?",
        _ => $"{target} cannot be reached over SSH: {Engine.OneLine.Of(e.Message)}",
    };
}

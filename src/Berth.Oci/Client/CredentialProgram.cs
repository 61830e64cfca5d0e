using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Berth.Oci.Client;

/// <summary>Asks a <c>docker-credential-NAME</c> program for a login (protocol of docker-credential-helpers).</summary>
/// <remarks>What such a program prints may hold a secret at any place, so none of it gets into a message.</remarks>
internal sealed class CredentialProgram(string name, string namedBy, DockerCredentialOptions options)
{
    public const string Prefix = "docker-credential-";

    private const int LongestAnswer = 64 * 1024;
    private const int LongestName = 64;
    private const string NotFound = "credentials not found in native keychain";

    /// <summary>Docker's mark of a secret that is an identity token.</summary>
    private const string IdentityTokenUser = "<token>";

    private string FileName => Prefix + name;

    /// <summary>The login stored under a key; null when there is none.</summary>
    public async Task<Credential?> GetAsync(string key, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ProgramTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var process = Start(Find());
        try
        {
            var (exitCode, output) = await TalkAsync(process, key, either.Token).ConfigureAwait(false);
            if (exitCode == 0)
                return Read(output);
            return output.Contains(NotFound, StringComparison.Ordinal) ? null : throw Wrong($"failed with exit code {exitCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Wrong($"did not answer within {options.ProgramTimeout.TotalSeconds:0.#} s");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private string Find()
    {
        if (name.Length is 0 or > LongestName || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')))
            throw new RegistryException(
                RegistryFailure.Credentials,
                $"{namedBy} names a credential helper '{Quote.Short(name)}', which is no name of a program: correct it there");
        return options.SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(directory => Path.Combine(directory, FileName))
            .FirstOrDefault(File.Exists)
            ?? throw new RegistryException(
                RegistryFailure.Credentials,
                $"{namedBy} keeps its logins in {FileName}, which is not on the PATH: install it, or remove its name from that file");
    }

    private Process Start(string path)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(path, "get")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            })!;
        }
        catch (Win32Exception e)
        {
            throw Wrong($"could not be started ({Quote.Short(e.Message)})");
        }
    }

    private async Task<(int ExitCode, string Output)> TalkAsync(Process process, string key, CancellationToken cancellationToken)
    {
        var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        try
        {
            await process.StandardInput.WriteAsync(key.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without listening; its exit code tells.
        }

        var output = await ReadAsync(process.StandardOutput.BaseStream, cancellationToken).ConfigureAwait(false);
        await errors.ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return (process.ExitCode, output);
    }

    private async Task<string> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        var answer = new byte[LongestAnswer];
        var length = await output
            .ReadAtLeastAsync(answer, LongestAnswer, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length < LongestAnswer ? Encoding.UTF8.GetString(answer, 0, length) : throw Wrong("printed more than a login");
    }

    private Credential? Read(string output)
    {
        try
        {
            var answer = JsonSerializer.Deserialize(output, ClientJson.Default.CredentialProgramAnswer);
            if (answer is not { Username: { } username, Secret: { } secret })
                throw Wrong("printed no login");
            if (username == IdentityTokenUser)
                throw DockerCredentialSource.IdentityToken(FileName);
            return username.Length == 0 ? null : new Credential(username, secret);
        }
        catch (JsonException)
        {
            // Not as inner exception: its text may quote the output.
            throw Wrong("printed no login");
        }
    }

    private RegistryException Wrong(string what) => new(
        RegistryFailure.Credentials,
        $"the credential helper {FileName}, named by {namedBy}, {what}: run '{FileName} list' to see why");
}

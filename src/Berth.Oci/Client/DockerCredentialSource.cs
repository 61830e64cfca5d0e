using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Berth.Oci.Client;

/// <summary>The logins that <c>docker login</c> and <c>podman login</c> stored on this machine.</summary>
/// <remarks>
/// In each file: the credential helper of the registry (<c>credHelpers</c>), else the one of all registries (<c>credsStore</c>), else
/// <c>auths</c>. Read at every call, so that a login made meanwhile counts. No content of a file and no output of a helper gets
/// into a message.
/// </remarks>
public sealed class DockerCredentialSource(DockerCredentialOptions options) : ICredentialSource
{
    private const int LongestFile = 1024 * 1024;

    public DockerCredentialSource()
        : this(DockerCredentialOptions.FromEnvironment(Environment.GetEnvironmentVariable))
    {
    }

    public async ValueTask<Credential?> FindAsync(RegistryHost registry, CancellationToken cancellationToken)
    {
        foreach (var file in options.Files)
        {
            if (await ReadAsync(file, cancellationToken).ConfigureAwait(false) is { } config
                && await FindAsync(config, file, registry, cancellationToken).ConfigureAwait(false) is { } found)
                return found;
        }

        return null;
    }

    internal static RegistryException IdentityToken(string where) => new(
        RegistryFailure.Credentials,
        $"{where} holds an identity token, which is not supported: log in again with a password or an access token");

    private async Task<Credential?> FindAsync(
        DockerConfigDocument config, string file, RegistryHost registry, CancellationToken cancellationToken)
    {
        var program = RegistryKeys.Find(config.CredHelpers, registry) ?? config.CredsStore;
        if (!string.IsNullOrEmpty(program))
        {
            var stored = await new CredentialProgram(program, file, options)
                .GetAsync(RegistryKeys.Written(registry), cancellationToken).ConfigureAwait(false);
            if (stored is not null)
                return stored with { Origin = $"{CredentialProgram.Prefix}{program}, named in {file}" };
        }

        return RegistryKeys.Find(config.Auths, registry) is { } entry ? Read(entry, file, registry) : null;
    }

    private static Credential? Read(DockerAuthEntry entry, string file, RegistryHost registry)
    {
        if (!string.IsNullOrEmpty(entry.IdentityToken))
            throw IdentityToken($"the entry for {registry} in {file}");
        if (string.IsNullOrEmpty(entry.Auth))
            return string.IsNullOrEmpty(entry.Username) ? null : new Credential(entry.Username, entry.Password ?? "") { Origin = file };
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(entry.Auth.Length)];
        if (!Convert.TryFromBase64String(entry.Auth, decoded, out var length)
            || decoded.AsSpan(0, length).IndexOf((byte)':') is var colon && colon < 1)
            throw new RegistryException(
                RegistryFailure.Credentials,
                $"the entry for {registry} in {file} is not base64 of user:password: log in again with 'docker login {registry}'");
        var secret = Encoding.UTF8.GetString(decoded, colon + 1, length - colon - 1).TrimEnd('\0');
        return new Credential(Encoding.UTF8.GetString(decoded, 0, colon), secret) { Origin = file };
    }

    private static async Task<DockerConfigDocument?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = File.OpenRead(file);
            if (content.Length > LongestFile)
                throw new RegistryException(RegistryFailure.Credentials, $"{file} is too large for a file with logins: check or remove it");
            return await JsonSerializer
                .DeserializeAsync(content, ClientJson.Default.DockerConfigDocument, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            // Not as inner exception: its text may quote the content.
            throw new RegistryException(
                RegistryFailure.Credentials,
                $"{file} is not valid JSON of a docker configuration (line {e.LineNumber + 1}): correct or remove it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException(
                RegistryFailure.Credentials, $"{file} with the stored logins cannot be read: {Quote.Short(e.Message)}");
        }
    }
}

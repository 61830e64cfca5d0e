using System.Net;
using System.Text.Json;

namespace Berth.Oci.Client;

public sealed partial class RegistryClient
{
    private const int MostTags = 10_000;
    private const int LongestTagsPage = 4 * 1024 * 1024;

    /// <summary>The tags of a repository, one page of at most 10,000; empty when there is none, or no repository.</summary>
    /// <remarks>What is no valid tag is left out: it could not be asked for.</remarks>
    public async Task<IReadOnlyList<Tag>> ListTagsAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Get, $"/v2/{repository}/tags/list?n={MostTags}", repository);
        using var response = await _transport.SendAsync(request, absentIsAnswer: true, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound)
            return [];
        var bytes = await _transport.Http.ReadBodyAsync(response, LongestTagsPage, cancellationToken).ConfigureAwait(false);
        try
        {
            var page = bytes is null ? null : JsonSerializer.Deserialize(bytes, ClientJson.Default.TagsDocument);
            return [.. (page ?? throw Wrong("does not answer with a list of tags")).Tags?.Take(MostTags).Select(Read).OfType<Tag>() ?? []];
        }
        catch (JsonException e)
        {
            throw new RegistryException(RegistryFailure.Protocol, $"{Registry} does not answer with a list of tags", e);
        }

        static Tag? Read(string? text) => Tag.TryParse(text, out var tag) ? tag : null;
    }
}

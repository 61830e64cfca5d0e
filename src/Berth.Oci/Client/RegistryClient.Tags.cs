using System.Net;
using System.Text.Json;

namespace Berth.Oci.Client;

public sealed partial class RegistryClient
{
    private const int LongestTagList = 8 * 1024 * 1024;

    /// <summary>Tags of a repository, the first page of them; none when there is no such repository.</summary>
    /// <param name="most">How many are asked for. Some registries answer with more.</param>
    public async Task<IReadOnlyList<Tag>> ListTagsAsync(RepositoryName repository, int most, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Get, $"/v2/{repository}/tags/list?n={most}", repository);
        using var response = await _transport.SendAsync(request, absentIsAnswer: true, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound)
            return [];
        var body = await _transport.Http.ReadBodyAsync(response, LongestTagList, cancellationToken).ConfigureAwait(false)
            ?? throw Wrong($"lists more than {LongestTagList} bytes of tags of {repository}");
        try
        {
            var found = JsonSerializer.Deserialize(body, ClientJson.Default.TagListDocument)?.Tags ?? [];
            return [.. found.Where(text => Tag.TryParse(text, out _)).Select(text => Tag.Parse(text))];
        }
        catch (JsonException)
        {
            throw Wrong($"lists the tags of {repository} in a form that is not JSON");
        }
    }
}

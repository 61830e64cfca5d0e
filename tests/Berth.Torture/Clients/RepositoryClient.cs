using System.Net;
using Berth.Torture.Http;
using Berth.Torture.Model;

namespace Berth.Torture.Clients;

/// <summary>
/// Sends requests about one repository, keeps its model, and refuses every answer that the model does not allow. All requests that change
/// something go through <see cref="ChangeAsync"/>.
/// </summary>
internal sealed partial class RepositoryClient(RegistryConnection connection, RepositoryModel model, TimeSpan grace, IJournal? journal)
{
    /// <summary>The server counts whole milliseconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(2);

    public RepositoryModel Model => model;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Of an answer to a request that is sent after this. A promise that has not aged by a 24th is not renewed.</summary>
    private DateTimeOffset PromisedUntil => Now + (grace - (grace / 24)) - Rounding;

    /// <summary>Notes the change before the request is sent, and makes it when the server says so.</summary>
    private async Task<Answer> ChangeAsync(Change change, HttpStatusCode done, Func<Task<Answer>> send)
    {
        model.Pending = change;
        var ended = journal?.Begin(model.Name, change);
        var answer = await send();
        if (answer.Status == done)
            model.Acknowledge(change);
        model.Pending = null;
        ended?.Invoke(answer.Status == done);
        return answer;
    }

    private Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null) =>
        connection.SendAsync(method, path.StartsWith('/') || path.Contains("://", StringComparison.Ordinal) ? path : $"/v2/{model.Name}/{path}", content);
}

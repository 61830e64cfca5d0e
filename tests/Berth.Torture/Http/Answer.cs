using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Berth.Torture.Http;

/// <param name="Asked">The request's first line.</param>
/// <param name="Sent">When the request began: nothing that its answer promises was decided earlier.</param>
/// <param name="Received">When the answer had arrived whole: everything in it was decided earlier.</param>
internal sealed record Answer(
    string Asked, HttpStatusCode Status, HttpResponseHeaders Headers, string? MediaType, byte[] Body, DateTimeOffset Sent, DateTimeOffset Received)
{
    public bool Is(params ReadOnlySpan<HttpStatusCode> statuses) => statuses.Contains(Status);

    /// <exception cref="Violation">It is another one.</exception>
    public Answer Must(string why, params ReadOnlySpan<HttpStatusCode> statuses) => statuses.Contains(Status) ? this : throw Unexpected(why);

    public Violation Unexpected(string why) => new($"{Asked} was answered with {(int)Status}, but {why}: {Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 600))}");
}

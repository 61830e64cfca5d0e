using Berth.Oci;
using Berth.Server.Auth;

namespace Berth.Server.Api;

/// <summary>A request of the distribution API whose address is parsed and whose caller is known.</summary>
internal sealed record ApiRequest(HttpContext Http, DistributionPath Path, Caller Caller)
{
    public HttpRequest Message => Http.Request;

    public HttpResponse Response => Http.Response;

    public RepositoryName Repository => Path.Repository;

    public CancellationToken Cancelled => Http.RequestAborted;

    public bool IsHead => HttpMethods.IsHead(Http.Request.Method);

    /// <summary>The digest that a query parameter gives.</summary>
    /// <exception cref="OciException">It is malformed.</exception>
    public Digest QueryDigest(string parameter) => Digest.TryParse(Message.Query[parameter].ToString(), out var digest)
        ? digest
        : throw new OciException(OciError.DigestInvalid, $"the query parameter '{parameter}' has to be one valid digest, sha256 or sha512");

    /// <summary>An address of this repository. Relative, so that it holds behind any proxy.</summary>
    public string Address(string kind, object name) => $"{Message.PathBase}/v2/{Repository}/{kind}/{name}";
}

using Berth.Oci;
using Berth.Registry.Access;
using Berth.Server.Api;
using Berth.Server.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Berth.Server.Auth;

/// <summary>The token service: <c>GET /token</c> as Docker's clients ask it, <c>POST /token</c> in the form of OAuth 2.</summary>
/// <remarks>Asked without a login it grants what anybody may do. Actions that are not granted are left out of the token; that is no error.</remarks>
internal sealed class TokenEndpoint(AccessPolicy policy, Logins logins, TokenIssuer issuer)
{
    private const int MaxFormBytes = 64 * 1024;

    private const int MaxScopes = 100;

    public Task AnswerAsync(HttpContext http) => http.Request.Method switch
    {
        "GET" => GetAsync(http),
        "POST" => PostAsync(http),
        _ => throw MethodNotAllowed(http),
    };

    private async Task GetAsync(HttpContext http)
    {
        var subject = Subject.Anonymous;
        if (http.Request.Headers.Authorization is { Count: > 0 } header)
        {
            const string scheme = "Basic ";
            var text = header.ToString();
            var credential = text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? BasicCredential.TryParse(text[scheme.Length..].Trim()) : null;
            subject = await LogInAsync(http, credential);
        }

        await SendAsync(http, subject, http.Request.Query["scope"]);
    }

    private async Task PostAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            throw new OciException(OciError.MediaTypeUnsupported, "application/x-www-form-urlencoded is expected");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxFormBytes;
        var form = await ReadFormAsync(http);
        var grant = form["grant_type"].ToString();
        if (grant is not "password")
            throw new OciException(OciError.BadRequest, "only grant_type=password is supported; log in with a user name and password");
        var subject = await LogInAsync(http, new BasicCredential(form["username"].ToString(), form["password"].ToString()));
        await SendAsync(http, subject, form["scope"]);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(new FormOptions { ValueCountLimit = MaxScopes }, http.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            // Broken, or in an encoding that the platform does not read, such as UTF-7.
            throw new OciException(OciError.BadRequest, "the form cannot be read");
        }
    }

    private async ValueTask<Subject> LogInAsync(HttpContext http, BasicCredential? credential)
    {
        var subject = credential is null ? null : await logins.VerifyAsync(credential, http);
        if (subject is null)
        {
            http.Response.Headers.WWWAuthenticate = $"Basic realm=\"{TokenIssuer.Service}\"";
            throw new OciException(OciError.Unauthorized, "the user name or the password is wrong");
        }

        http.Facts().Account = subject.Name;
        return subject;
    }

    private async Task SendAsync(HttpContext http, Subject subject, StringValues scopes)
    {
        var access = new List<GrantedAccess>();
        foreach (var text in scopes.SelectMany(scope => scope!.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Take(MaxScopes))
        {
            if (TokenScope.TryParse(text, out var scope) && scope.GrantTo(subject, policy) is { Actions.Count: > 0 } granted)
                access.Add(granted);
        }

        http.Response.Headers.CacheControl = "no-store";
        await Json.SendAsync(http, StatusCodes.Status200OK, issuer.Issue(subject, access), ServerJson.Default.TokenDocument);
    }

    private static OciException MethodNotAllowed(HttpContext http)
    {
        http.Response.Headers.Allow = "GET, POST";
        return new OciException(OciError.Unsupported);
    }
}

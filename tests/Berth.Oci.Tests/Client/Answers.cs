using System.Text;
using Microsoft.AspNetCore.Http;

namespace Berth.Oci.Tests.Client;

/// <summary>Answers that servers of tests give.</summary>
internal static class Answers
{
    public static byte[] Manifest { get; } = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[]}""");

    public static Digest ManifestDigest => Digest.Of(Manifest);

    public static Task ManifestAsync(HttpContext context) => ContentAsync(context, Manifest, MediaTypes.OciIndex);

    public static async Task ContentAsync(HttpContext context, byte[] content, string type, string? digest = null)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        context.Response.Headers["Docker-Content-Digest"] = digest ?? Digest.Of(content).ToString();
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    public static Task ChallengeAsync(HttpContext context, string challenge)
    {
        context.Response.Headers.WWWAuthenticate = challenge;
        return ErrorAsync(context, 401, OciError.Unauthorized.Code, OciError.Unauthorized.Message);
    }

    public static Task ErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"errors":[{"detail":{"any":["thing"]},"code":"{{code}}","message":"{{message}}"}]}""");
    }

    public static Task RedirectAsync(HttpContext context, string location)
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    public static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}

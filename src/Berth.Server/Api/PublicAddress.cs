using Berth.Server.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Berth.Server.Api;

/// <summary>What clients see of this server when a proxy stands in front of it: another scheme, host or port, and perhaps a path.</summary>
internal static class PublicAddress
{
    /// <summary>To be the first in the pipeline: the log's client address, challenges and addresses in answers depend on it.</summary>
    public static void Map(WebApplication web, ServerOptions options)
    {
        if (options.TrustedProxies.Count > 0)
            web.UseForwardedHeaders(Forwarded(options));
        var prefix = new PathString(options.Url?.AbsolutePath.TrimEnd('/'));
        web.Use(next => http =>
        {
            TakePrefix(http.Request, prefix.HasValue ? prefix : http.Request.PathBase);
            return next(http);
        });
    }

    /// <summary>A proxy may leave the prefix in the path or take it away; both lead to the same place, and answers name it with the prefix.</summary>
    private static void TakePrefix(HttpRequest request, PathString prefix)
    {
        if (!prefix.HasValue)
            return;
        request.PathBase = prefix;
        if (request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest))
            request.Path = rest;
    }

    private static ForwardedHeadersOptions Forwarded(ServerOptions options)
    {
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
                | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix,
            ForwardLimit = null, // as many as are trusted, one after the other
        };
        forwarded.KnownProxies.Clear(); // the framework trusts loopback, where anybody on the machine may connect from
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in options.TrustedProxies)
            forwarded.KnownIPNetworks.Add(network);
        return forwarded;
    }
}

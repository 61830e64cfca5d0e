using System.Net;

namespace Berth.Server.Configuration;

/// <summary>An address to listen on: <c>http://127.0.0.1:5000</c>, <c>https://[::1]:5001</c>, <c>http://*:5000</c> for every address.</summary>
/// <param name="Address">Null for every address of this machine.</param>
/// <param name="Port">0 for one that is free.</param>
internal sealed record ListenUrl(bool IsTls, IPAddress? Address, int Port)
{
    public const string DefaultHttp = "http://127.0.0.1:5000";
    public const string DefaultHttps = "https://127.0.0.1:5000";

    /// <exception cref="ConfigurationException">It is none.</exception>
    public static ListenUrl Parse(string text)
    {
        var isTls = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            throw Wrong(text, "it starts with neither http:// nor https://");
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            throw Wrong(text, "it is not a URL");
        }

        if (parsed.PathBase.Length > 0)
            throw Wrong(text, "it has a path");
        if (parsed.Port > IPEndPoint.MaxPort)
            throw Wrong(text, "the port is larger than 65535");
        return new ListenUrl(isTls, Host(text, parsed.Host), parsed.Port);
    }

    public override string ToString() => $"{(IsTls ? "https" : "http")}://{(Address is null ? "*" : new IPEndPoint(Address, 0).ToString()[..^2])}:{Port}";

    private static IPAddress? Host(string text, string host) => host switch
    {
        "*" or "+" => null,
        "localhost" => IPAddress.Loopback,
        _ => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : throw Wrong(text, $"'{host}' is not an IP address of this machine"),
    };

    private static ConfigurationException Wrong(string text, string problem) => new(
        $"cannot listen on '{text}': {problem}. Write http://ADDRESS:PORT, for example {DefaultHttp} or http://*:5000.");
}

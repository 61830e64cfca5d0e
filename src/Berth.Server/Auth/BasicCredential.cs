using System.Text;

namespace Berth.Server.Auth;

/// <summary>A name and password as a client sends them.</summary>
internal sealed record BasicCredential(string Name, string Password)
{
    /// <summary>Reads what follows <c>Basic </c> in an Authorization header (RFC 7617); null when it is malformed.</summary>
    public static BasicCredential? TryParse(string base64)
    {
        Span<byte> bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes[..length]);
        var colon = text.IndexOf(':');
        return colon < 0 ? null : new BasicCredential(text[..colon], text[(colon + 1)..]);
    }

    /// <summary>Keeps the password out of whatever prints this.</summary>
    public override string ToString() => $"{Name}:***";
}

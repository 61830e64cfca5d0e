using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Berth.Oci;

/// <summary>Where a registry is reached: a DNS name, an IPv4 address or an IPv6 address in brackets, with or without a port.</summary>
/// <remarks>
/// The domain part of the distribution reference grammar, held to what DNS and IP allow. A lower-case name of one label and no
/// port is refused, except <c>localhost</c>: in front of a path it would be read as part of the path. Kept as written, compared
/// without regard to case; a port that is the default is still another text. <c>default</c> is no host and its members throw.
/// </remarks>
public readonly struct RegistryHost : IEquatable<RegistryHost>, ISpanParsable<RegistryHost>
{
    private const int MaxNameLength = 253;
    private const int MaxLabelLength = 63;

    private readonly string? _text;
    private readonly int _nameLength;

    private RegistryHost(string text, int nameLength, int? port)
    {
        _text = text;
        _nameLength = nameLength;
        Port = port;
    }

    public static RegistryHost DockerHub { get; } = Parse("docker.io");

    /// <summary>1 to 65535; null when none is written.</summary>
    public int? Port { get; }

    /// <summary>Without the port; an IPv6 address keeps its brackets.</summary>
    public string Name => Text[.._nameLength];

    public bool IsDockerHub => Text.Equals("docker.io", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is this machine by its text alone: <c>localhost</c>, 127.0.0.0/8 or ::1. No name is resolved.</summary>
    public bool IsLoopback => Name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Name.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address));

    private string Text => _text ?? throw new InvalidOperationException("This registry host was never given a value.");

    public static bool TryParse(ReadOnlySpan<char> text, out RegistryHost host)
    {
        host = default;
        var name = text;
        int? port = null;
        var colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf(']'))
        {
            if (!TryParsePort(text[(colon + 1)..], out var value))
                return false;
            port = value;
            name = text[..colon];
        }

        if (!IsName(name) || !LooksLikeHost(text))
            return false;
        host = new RegistryHost(text.ToString(), name.Length, port);
        return true;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is no registry host.</exception>
    public static RegistryHost Parse(ReadOnlySpan<char> text) => TryParse(text, out var host)
        ? host
        : throw new FormatException(
            $"'{Quote.Short(text)}' is not a registry host: a name with a dot, an address ([] around IPv6), localhost, "
            + "or any name with :port is expected.");

    /// <summary>Whether the part of a reference before its first slash is a host and not already the path.</summary>
    internal static bool LooksLikeHost(ReadOnlySpan<char> text) =>
        text.ContainsAny('.', ':') || text is "localhost" || text.ContainsAnyInRange('A', 'Z');

    public static bool operator ==(RegistryHost left, RegistryHost right) => left.Equals(right);

    public static bool operator !=(RegistryHost left, RegistryHost right) => !left.Equals(right);

    public bool Equals(RegistryHost other) => string.Equals(_text, other._text, StringComparison.OrdinalIgnoreCase);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is RegistryHost other && Equals(other);

    public override int GetHashCode() => _text is null ? 0 : string.GetHashCode(_text, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Text;

    static RegistryHost ISpanParsable<RegistryHost>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<RegistryHost>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out RegistryHost result) =>
        TryParse(s, out result);

    static RegistryHost IParsable<RegistryHost>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<RegistryHost>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RegistryHost result) =>
        TryParse(s, out result);

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        if (text.Length is 0 or > 5 || text[0] is '0')
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            port = (port * 10) + (c - '0');
        }

        return port <= ushort.MaxValue;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name is ['[', .. var address, ']'])
            return IsIPv6(address);
        if (name.Length > MaxNameLength)
            return false;
        foreach (var label in name.Split('.'))
        {
            if (!IsLabel(name[label]))
                return false;
        }

        // No top-level domain is a number, so what ends in one is an address or nothing.
        var last = name[(name.LastIndexOf('.') + 1)..];
        return last.ContainsAnyExceptInRange('0', '9') || IsIPv4(name);
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > MaxLabelLength || label[0] is '-' || label[^1] is '-')
            return false;
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not '-')
                return false;
        }

        return true;
    }

    /// <summary>Four decimal numbers, nothing of the shorter and octal forms that address parsers know.</summary>
    private static bool IsIPv4(ReadOnlySpan<char> text) =>
        text.Count('.') == 3 && IPAddress.TryParse(text, out var address) && text.SequenceEqual(address.ToString());

    private static bool IsIPv6(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c) && c is not ':')
                return false;
        }

        return IPAddress.TryParse(text, out var address) && address.AddressFamily is AddressFamily.InterNetworkV6;
    }
}

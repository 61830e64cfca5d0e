using CsCheck;

namespace Berth.Registry.Tests.Fuzzing;

/// <summary>Makes requests out of the words that the registry looks for, nearly right ones above all.</summary>
internal static class Soup
{
    private const string Empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Braces = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static readonly string LongDigest = $"sha512:{new string('a', 128)}";

    /// <summary>Any bytes that a header or an address may hold without ending it.</summary>
    public static Gen<string> Garbage { get; } = Gen.OneOf(
        Gen.Char['\u0020', '\u007e'].Array[0, 12].Select(chars => new string(chars)),
        Gen.Char['\u0001', '\u00ff'].Array[0, 12].Select(chars => new string([.. chars.Where(c => c is not ('\r' or '\n'))])));

    private static readonly Gen<string> Name = Gen.OneOf(Gen.OneOf(
        "fuzz/a", "fuzz/b", "fuzz/blobs/uploads", "manifests", "tags/list", "_catalog", "UPPER", "a//b", "..", "%2e%2e", "a%2Fb", "a%00", "%ff%fe",
        "-", new string('n', 300)));

    private static readonly Gen<string> Reference = Gen.Frequency((4, Gen.OneOf(
        "v1", "v2", "latest", Empty, Braces, LongDigest, "sha256:baddigeststring",
        "sha256%3A44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "md5:d41d8cd98f00b204e9800998ecf8427e", ".hidden", new string('t', 129), "0123456789abcdef0123456789abcdef", "")), (1, Garbage));

    private static readonly Gen<string> Verb = Gen.OneOf(
        "manifests/", "manifests/", "manifests/", "blobs/", "blobs/", "blobs/uploads/", "blobs/uploads/", "blobs/uploads", "tags/list",
        "referrers/", "referrers/", "nothing/", "");

    private static readonly Gen<string> Number = Gen.OneOf(
        "0", "1", "-1", "2", "", "10000", "10001", "99999999999999999999", "9223372036854775807", "1.5", "0x1", "+1", "%D9%A3");

    private static readonly Gen<string> Query = Gen.Select(
        Gen.OneOf("digest", "digest-algorithm", "mount", "from", "n", "last", "tag", "artifactType", "ns", "scope", "service", "account",
            "", "x"),
        Gen.OneOf(Number, Reference, Name, Garbage, Gen.OneOf("repository:a:pull", "repository:a:pull,push repository:b:*", ":::", "sha512", "%zz")),
        Gen.OneOf("=", "=", "=", "", "=="),
        (key, value, equals) => $"{key}{equals}{value}").Array[0, 4].Select(
            pairs => pairs.Length == 0 ? "" : $"?{string.Join('&', pairs)}");

    private static readonly Gen<string> Target = Gen.Select(
        Gen.Frequency(
            (8, Gen.Select(Name, Verb, Reference, (name, verb, reference) => $"/v2/{name}/{verb}{(verb.EndsWith('/') ? reference : "")}")),
            (2, Gen.OneOf("/v2/", "/v2", "/v2/_catalog", "/token", "/healthz", "/", "/V2/", "//v2/")),
            (1, Garbage.Select(text => $"/{text}"))),
        Query,
        (path, query) => string.Concat((path + query).Select(c => c is ' ' or '\t' ? "%20" : c.ToString())));

    private static readonly Gen<string> Item = Gen.OneOf(
        Number, Garbage,
        Gen.OneOf("*", "*/*", "\"", $"\"{Braces}\"", $"W/\"{Empty}\"", "application/json;q=0.5", "application/vnd.oci.image.index.v1+json",
            ";q=", "bytes=0-1", "0-1", "bytes=5-2"));

    private static readonly Gen<string> Header = Gen.Select(
        Gen.OneOf(
            "Range", "Content-Range", "If-None-Match", "If-Match", "If-Range", "Accept", "Content-Type", "Authorization", "Content-Encoding", "Cookie",
            "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded", "Origin", "Connection",
            "X-HTTP-Method-Override"),
        Gen.OneOf(
            Item.Array[0, 4].Select(items => string.Join(',', items)),
            Gen.Select(Number, Number, (from, to) => $"{from}-{to}"),
            Gen.Select(Number, Number, (from, to) => $"bytes={from}-{to}"),
            Gen.OneOf("Basic !!!", "Basic Og==", "Bearer a.b.c", "Bearer", "Bearer eyJhbGciOiJub25lIn0.e30.", "Negotiate x")),
        (name, value) => $"{name}: {value}");

    private static readonly Gen<string> Body = Gen.OneOf(
        Gen.OneOf("", "", "{}", "grant_type=password&username=a&password=b", "grant_type=password&scope=%zz&=&&", "--x\r\n\r\nno end"),
        Garbage,
        ManifestSoup.Text);

    private static readonly Gen<string> Method = Gen.OneOf(
        "GET", "GET", "HEAD", "PUT", "PUT", "POST", "POST", "PATCH", "DELETE", "OPTIONS", "BREW", "get");

    /// <param name="login">An Authorization header, or null for somebody whom nobody knows.</param>
    public static Gen<SoupRequest> Requests(string? login) => Gen.Select(
        Method,
        Target,
        Header.Array[0, 4],
        ContentType,
        Body,
        (method, target, headers, type, body) => new SoupRequest(method, target, [.. login is null ? headers : LogIn(headers, login), type], body));

    private static IEnumerable<string> LogIn(string[] headers, string login) =>
        headers.Where(header => !header.StartsWith("Authorization", StringComparison.Ordinal)).Append(login);

    private static Gen<string> ContentType => Gen.OneOf(
        "Content-Type: application/vnd.oci.image.manifest.v1+json", "Content-Type: application/vnd.oci.image.index.v1+json", "X-None: x",
        "Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: application/x-www-form-urlencoded; charset=utf-7");
}

using System.Diagnostics;
using System.Globalization;
using Berth.Oci.Client;
using CsCheck;

namespace Berth.Oci.Tests.Client;

/// <summary>What a registry may say in WWW-Authenticate, at random.</summary>
public sealed class AuthChallengeProperties
{
    private static readonly int Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("BERTH_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : -1;

    private static readonly Gen<string> Quoted = Gen.Char['\u0020', '\u007e'].Array[0, 20].Select(chars => new string(chars));

    private static readonly Gen<string> Garbage = Gen.OneOf(
        Gen.OneOf("Bearer", "Basic", "realm", "scope", "=", "\"", "\\", ",", " ", "\t", "x", "Digest", "é").Array[0, 30].Select(string.Concat),
        Gen.String[0, 100]);

    [Fact]
    public void A_well_formed_challenge_is_read_whatever_its_values_hold() => Gen.Select(
        Gen.OneOf("Bearer", "bearer", "BEARER"), Quoted, Quoted, Gen.OneOf(",", ", ", " ,\t", ",,")).Sample(
        (scheme, realm, scope, comma) =>
        {
            var challenge = Assert.Single(AuthChallenge.Parse([$"{scheme} realm=\"{Escape(realm)}\"{comma}scope=\"{Escape(scope)}\""]));
            Assert.Equal((AuthScheme.Bearer, realm, scope), (challenge.Scheme, challenge.Realm, challenge.Scope));
        },
        iter: 10_000,
        time: Seconds);

    [Fact]
    public void Two_challenges_are_read_from_one_header_or_from_two() => Quoted.Sample(
        realm =>
        {
            var bearer = $"Bearer realm=\"{Escape(realm)}\"";
            foreach (var headers in (string[][])[[$"{bearer}, Basic realm=\"b\""], [bearer, "Basic realm=\"b\""], [$"Digest qop=\"x, y\", {bearer}, Basic realm=b"]])
            {
                var found = AuthChallenge.Parse(headers);
                Assert.Equal([AuthScheme.Bearer, AuthScheme.Basic], found.Select(challenge => challenge.Scheme));
                Assert.Equal([realm, "b"], found.Select(challenge => challenge.Realm));
            }
        },
        iter: 2_000,
        time: Seconds);

    [Fact]
    public void Garbage_is_left_out_and_never_throws() => Garbage.Array[0, 4].Sample(
        headers =>
        {
            var found = AuthChallenge.Parse(headers);
            Assert.InRange(found.Count, 0, AuthChallengeReader.MostChallenges);
            Assert.All(found, challenge => Assert.InRange(challenge.Parameters.Count, 0, 16));
        },
        iter: 10_000,
        time: Seconds);

    [Theory]
    [InlineData("a=\"\\")]
    [InlineData("Bearer ")]
    [InlineData("=")]
    [InlineData(",")]
    [InlineData("a=b,")]
    public void Many_long_headers_cost_no_more_than_they_are_long(string piece)
    {
        var hostile = Enumerable.Repeat(string.Concat(Enumerable.Repeat(piece, 8_000 / piece.Length)), 1_000).ToArray();
        var clock = Stopwatch.StartNew();
        AuthChallenge.Parse(hostile);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}

using Berth.Oci.Client;

namespace Berth.Oci.Tests.Client;

public sealed class AuthChallengeTests
{
    [Theory]
    [InlineData("""Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push" """)]
    [InlineData("""bearer  REALM = "https://auth.example/token" , Service=registry.example,,scope="repository:a/b:pull,push",error="invalid_token" """)]
    [InlineData("""Negotiate YII==, Bearer realm=https://auth.example/token, service="registry.example", scope="repository:a/b:pull,push" """)]
    [InlineData("""Basic realm="x", Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push" """)]
    [InlineData("""Bearer realm="https://auth.example/token",realm="https://evil.example",service="registry\.example",scope="repository:a/b:pull,push" """)]
    [InlineData("""NTLM, Digest qop="auth, auth-int", Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push" """)]
    public void A_bearer_challenge_is_found(string header)
    {
        var bearer = AuthChallenge.Parse([header]).Single(challenge => challenge.Scheme is AuthScheme.Bearer);
        Assert.Equal("https://auth.example/token", bearer.Realm);
        Assert.Equal("registry.example", bearer.Service);
        Assert.Equal("repository:a/b:pull,push", bearer.Scope);
    }

    [Fact]
    public void Challenges_are_read_from_one_header_and_from_several()
    {
        AuthScheme[] expected = [AuthScheme.Basic, AuthScheme.Bearer];
        Assert.Equal(expected, AuthChallenge.Parse(["Basic realm=\"a\", Bearer realm=\"b\""]).Select(one => one.Scheme));
        Assert.Equal(expected, AuthChallenge.Parse(["Basic realm=\"a\"", "Bearer realm=\"b\""]).Select(one => one.Scheme));
        Assert.Equal("say \"hi\"", AuthChallenge.Parse(["""Basic realm="say \"hi\"" """]).Single().Realm);
        Assert.Null(AuthChallenge.Parse(["Basic"]).Single().Realm);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",,, ,")]
    [InlineData("=")]
    [InlineData("\"Bearer\"")]
    [InlineData("Digest realm=\"x\"")]
    [InlineData("Bearerrealm=\"x\"")]
    public void What_is_no_challenge_of_the_two_schemes_gives_none(string header) => Assert.Empty(AuthChallenge.Parse([header]));

    [Theory]
    [InlineData("Bearer realm=\"https://auth.example")]
    [InlineData("Bearer realm=\"https://auth.example\\")]
    [InlineData("Bearer realm")]
    public void A_challenge_that_breaks_off_has_no_realm(string header) =>
        Assert.All(AuthChallenge.Parse([header]), challenge => Assert.Null(challenge.Realm));

    [Fact]
    public void Number_and_length_are_bounded()
    {
        var many = string.Join(',', Enumerable.Repeat("Basic realm=x", 500));
        Assert.Equal(8, AuthChallenge.Parse([many]).Count);
        Assert.Equal(8, AuthChallenge.Parse(Enumerable.Repeat("Basic realm=x", 500)).Count);
        Assert.Empty(AuthChallenge.Parse(["Bearer realm=\"" + new string('a', 10_000) + "\""]));
        var wide = "Bearer " + string.Join(',', Enumerable.Range(0, 500).Select(i => $"p{i}=x"));
        Assert.Equal(16, Assert.Single(AuthChallenge.Parse([wide])).Parameters.Count);
    }
}

using Berth.Oci;
using Berth.Server.Auth;

namespace Berth.Registry.Tests.Api;

public sealed class PasswordTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(PasswordHasher.DefaultCost)]
    public void An_unknown_name_costs_what_a_wrong_password_does(int cost)
    {
        using var hasher = new PasswordHasher(cost);

        Assert.Equal(hasher.Hash("any password").Length, hasher.Decoy.Length);
        Assert.False(BCrypt.Net.BCrypt.PasswordNeedsRehash(hasher.Decoy, cost));
        Assert.False(BCrypt.Net.BCrypt.Verify("any password", hasher.Decoy));
    }

    [Fact]
    public async Task A_flood_of_logins_is_turned_away_and_does_not_queue_up()
    {
        const int beyond = 20;
        using var hasher = new PasswordHasher(12);
        using var enough = new CancellationTokenSource();
        var logins = Enumerable.Range(0, Environment.ProcessorCount + PasswordHasher.LongestQueue + beyond)
            .Select(_ => hasher.VerifyAsync("guess", null, enough.Token))
            .ToList();

        var refused = logins.Count(login => login.Exception?.InnerException is OciException e && e.Error == OciError.TooManyRequests);
        await enough.CancelAsync();

        Assert.True(refused >= beyond, $"{refused}");
        foreach (var login in logins)
            await Record.ExceptionAsync(() => login);
        Assert.False(await hasher.VerifyAsync("guess", null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("eight...", null)]
    [InlineData("seven..", null)]
    [InlineData("", "empty")]
    [InlineData("tab\tin the middle", "control character")]
    public void A_password_is_neither_empty_nor_unprintable(string password, string? problem)
    {
        if (problem is null)
            Assert.Null(PasswordRule.Problem(password));
        else
            Assert.Contains(problem, PasswordRule.Problem(password), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eight...", true)]
    [InlineData("seven..", false)]
    public void A_short_password_is_weak(string password, bool good) => Assert.Equal(good, PasswordRule.Weakness(password) is null);

    [Fact]
    public void A_generated_password_is_acceptable_and_not_the_same_twice()
    {
        var password = PasswordRule.Generate();
        Assert.Null(PasswordRule.Problem(password));
        Assert.NotEqual(password, PasswordRule.Generate());
    }
}

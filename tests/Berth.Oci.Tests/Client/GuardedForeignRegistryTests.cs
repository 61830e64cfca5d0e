using Berth.Oci.Client;

namespace Berth.Oci.Tests.Client;

public sealed class GuardedForeignRegistryTests(GuardedForeignRegistry registry) : IClassFixture<GuardedForeignRegistry>
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_login_pushes_and_pulls()
    {
        using var client = registry.Client(new FixedCredentialSource(registry.Host, GuardedForeignRegistry.Login));
        var image = new SmallImage();
        await client.CheckPushAsync(Team, Token);
        await image.PushAsync(client, Team, "latest");
        Assert.NotNull(await client.GetManifestAsync(Team, ManifestReference.To(image.Digest), Token));
    }

    [Fact]
    public async Task A_wrong_login_is_refused_with_the_user_name_and_without_the_password()
    {
        using var client = registry.Client(new FixedCredentialSource(registry.Host, new Credential("pusher", "not-it")));
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.CheckPushAsync(Team, Token));
        Assert.Equal(RegistryFailure.Unauthorized, failure.Reason);
        Assert.Contains($"{registry.Host} refuses the login of 'pusher': check the user name and the password", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-it", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_login_one_is_asked_for()
    {
        using var client = registry.Client();
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.CheckPushAsync(Team, Token));
        Assert.Equal(RegistryFailure.Unauthorized, failure.Reason);
        Assert.Contains($"'docker login {registry.Host}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_of_another_registry_is_not_used()
    {
        using var client = registry.Client(new FixedCredentialSource(RegistryHost.Parse("h.example"), GuardedForeignRegistry.Login));
        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.CheckPushAsync(Team, Token));
        Assert.Equal(RegistryFailure.Unauthorized, failure.Reason);
    }
}

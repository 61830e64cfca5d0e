using Berth.Registry.Access;

namespace Berth.Registry.Tests.Storage;

/// <summary>One test for each line of the contract in <see cref="IAccountStore"/>. Every backend inherits it.</summary>
public abstract class AccountStoreContract
{
    private static readonly Account Ada = new("ada", "$2b$12$hash-of-ada", IsAdministrator: true);
    private static readonly Account Bob = new("bob", "$2b$12$hash-of-bob", IsAdministrator: false);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    protected abstract IAccountStore Store { get; }

    /// <summary>Another process's view of the same store.</summary>
    protected abstract IAccountStore Beside { get; }

    [Fact]
    public async Task An_account_that_was_added_is_found()
    {
        Assert.True(await Store.AddAccountAsync(Ada, Now, Cancel));
        Assert.True(await Store.AddAccountAsync(Bob, Now, Cancel));

        Assert.Equal(Ada, await Store.FindAccountAsync("ada", Cancel));
        Assert.Equal(Bob, await Store.FindAccountAsync("bob", Cancel));
    }

    [Theory]
    [InlineData("eve")]
    [InlineData("ADA")]
    [InlineData("")]
    [InlineData("ada' OR '1'='1")]
    public async Task An_unknown_account_is_null(string name)
    {
        await Store.AddAccountAsync(Ada, Now, Cancel);

        Assert.Null(await Store.FindAccountAsync(name, Cancel));
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await Store.AddAccountAsync(Ada, Now, Cancel);

        Assert.False(await Store.AddAccountAsync(Bob with { Name = "ada" }, Now, Cancel));

        Assert.Equal(Ada, await Store.FindAccountAsync("ada", Cancel));
    }

    [Fact]
    public async Task A_new_password_changes_nothing_else()
    {
        await Store.AddAccountAsync(Ada, Now, Cancel);
        await Store.AddAccountAsync(Bob, Now, Cancel);

        Assert.True(await Store.SetPasswordAsync("ada", "$2b$12$new", Cancel));

        Assert.Equal(Ada with { PasswordHash = "$2b$12$new" }, await Store.FindAccountAsync("ada", Cancel));
        Assert.Equal(Bob, await Store.FindAccountAsync("bob", Cancel));
    }

    [Fact]
    public async Task An_unknown_account_gets_no_password()
    {
        Assert.False(await Store.SetPasswordAsync("eve", "$2b$12$new", Cancel));

        Assert.Empty(await Store.ListAccountsAsync(Cancel));
    }

    [Fact]
    public async Task A_removed_account_is_gone_and_its_name_is_free()
    {
        await Store.AddAccountAsync(Ada, Now, Cancel);

        Assert.True(await Store.RemoveAccountAsync("ada", Cancel));

        Assert.Null(await Store.FindAccountAsync("ada", Cancel));
        Assert.False(await Store.RemoveAccountAsync("ada", Cancel));
        Assert.True(await Store.AddAccountAsync(Ada, Now, Cancel));
    }

    [Fact]
    public async Task Accounts_are_listed_by_name()
    {
        foreach (var name in new[] { "b", "a", "B", "_" })
            await Store.AddAccountAsync(Ada with { Name = name }, Now, Cancel);

        Assert.Equal(["B", "_", "a", "b"], (await Store.ListAccountsAsync(Cancel)).Select(account => account.Name));
    }

    [Fact]
    public async Task A_change_made_by_another_process_is_seen_at_once()
    {
        Assert.Null(await Store.FindAccountAsync("ada", Cancel));

        await Beside.AddAccountAsync(Ada, Now, Cancel);
        Assert.Equal(Ada, await Store.FindAccountAsync("ada", Cancel));

        await Beside.SetPasswordAsync("ada", "$2b$12$new", Cancel);
        Assert.Equal("$2b$12$new", (await Store.FindAccountAsync("ada", Cancel))!.PasswordHash);

        await Beside.RemoveAccountAsync("ada", Cancel);
        Assert.Null(await Store.FindAccountAsync("ada", Cancel));
    }
}

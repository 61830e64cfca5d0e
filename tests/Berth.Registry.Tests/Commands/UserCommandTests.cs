using System.Net;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Commands;

/// <summary>Managing users while the server runs.</summary>
public sealed class UserCommandTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData(BerthServer.Password)]
    [InlineData(BerthServer.Password + "\n")]
    [InlineData(BerthServer.Password + "\r\n")]
    public async Task An_added_user_can_log_in_at_once(string input)
    {
        var user = NewName();
        var added = await RunAsync(input, "add", user, "--password-stdin");

        Assert.Equal((0, "", $"The user '{user}' was added.\n"), (added.ExitCode, added.Output, added.Error));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/v2/", user)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("GET", "/v2/_catalog", user)).StatusCode);
    }

    [Fact]
    public async Task An_added_administrator_may_list_all_repositories()
    {
        var user = NewName();
        await RunAsync(BerthServer.Password, "add", user, "--password-stdin", "--admin");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/v2/_catalog", user)).StatusCode);
    }

    [Fact]
    public async Task Users_are_listed()
    {
        var json = await RunAsync("", "list", "--output", "json");
        Assert.Contains("""{"name":"admin","admin":true}""", json.Output, StringComparison.Ordinal);
        Assert.Contains("""{"name":"pusher","admin":false}""", json.Output, StringComparison.Ordinal);
        var text = await RunAsync("", "list");
        Assert.StartsWith("admin (admin)\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_password_is_the_only_one()
    {
        var user = NewName();
        await RunAsync("another password", "add", user, "--password-stdin");
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET", "/v2/", user)).StatusCode);

        var changed = await RunAsync(BerthServer.Password, "password", user, "--password-stdin");

        Assert.Equal(0, changed.ExitCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/v2/", user)).StatusCode);
    }

    [Fact]
    public async Task A_removed_user_is_refused()
    {
        var user = NewName();
        await RunAsync(BerthServer.Password, "add", user, "--password-stdin");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/v2/", user)).StatusCode);

        Assert.Equal(0, (await RunAsync("", "remove", user)).ExitCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("GET", "/v2/", user)).StatusCode);
        (await RunAsync("", "remove", user)).AssertFailed(1, "there is no user");
        (await RunAsync(BerthServer.Password, "password", user, "--password-stdin")).AssertFailed(1, "there is no user");
    }

    [Theory]
    [InlineData("x", "", "empty")]
    [InlineData("x", "two\nlines of it", "control character")]
    [InlineData("x", "äääääääääääääääääääääääääääääääääääää", "72 bytes")]
    [InlineData("with space", BerthServer.Password, "cannot be a user name")]
    [InlineData("with:colon", BerthServer.Password, "cannot be a user name")]
    [InlineData("", BerthServer.Password, "cannot be a user name")]
    [InlineData(".hidden", BerthServer.Password, "cannot be a user name")]
    public async Task A_name_or_password_that_cannot_be_is_refused(string user, string password, string problem) =>
        (await RunAsync(password, "add", user, "--password-stdin")).AssertFailed(2, problem);

    [Fact]
    public async Task A_short_password_is_taken_with_a_warning_that_does_not_show_it()
    {
        var run = await RunAsync("short", "add", NewName(), "--password-stdin");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning: the password has 5 characters", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("short", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused() =>
        (await RunAsync(BerthServer.Password, "add", "admin", "--password-stdin")).AssertFailed(1, "there is a user 'admin' already");

    [Fact]
    public async Task A_password_comes_from_standard_input_only()
    {
        (await RunAsync(BerthServer.Password, "add", "x")).AssertFailed(2, "--password-stdin");
        (await RunAsync(BerthServer.Password, "add", "x", "--password", "secret")).AssertFailed(2, "'--password' is not known");
    }

    [Fact]
    public async Task A_directory_without_data_is_named_and_not_made()
    {
        using var directory = new TemporaryDirectory();
        var run = await CommandRun.OfAsync(BerthServer.Password, "user", "add", "x", "--password-stdin", "--data", directory["mistyped"]);

        run.AssertFailed(1, directory["mistyped"]);
        Assert.False(Directory.Exists(directory["mistyped"]));
    }

    private static string NewName() => $"user-{Guid.NewGuid():N}";

    private Task<CommandRun> RunAsync(string input, string verb, params string[] arguments) =>
        CommandRun.OfAsync(input, ["user", verb, .. arguments, "--data", Server.Data]);
}

using System.Net;
using Microsoft.Data.Sqlite;

namespace Berth.Registry.Tests.Api;

public sealed class HealthTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task A_store_that_answers_is_healthy()
    {
        using var response = await SendAsync("GET", "/healthz");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ok\n", await BodyAsync(response));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_not()
    {
        await using var server = new BerthServer();
        await server.InitializeAsync();
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(server.Data, "berth.db")}"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "DROP TABLE tag; DROP TABLE upload_session; DROP TABLE repository_blob; DROP TABLE manifest_child; DROP TABLE manifest_blob; DROP TABLE manifest; DROP TABLE repository";
            command.ExecuteNonQuery();
        }

        using var response = await server.Client.GetAsync("/healthz", Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }
}

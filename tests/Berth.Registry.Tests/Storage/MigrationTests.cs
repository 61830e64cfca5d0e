using Berth.Oci;
using Berth.Registry.Manifests;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

/// <summary>Databases of earlier versions.</summary>
public sealed class MigrationTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    private string DatabaseFile => _directory["berth.db"];

    [Fact]
    public async Task A_database_of_the_first_version_keeps_its_content_and_takes_more()
    {
        var here = RepositoryName.Parse("here");
        MakeFirstVersion();

        using var database = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving);
        var store = new SqliteMetadataStore(database);

        Assert.Equal(5, await store.FindBlobAsync(here, TestImage.DigestOf("layer"), CancellationToken.None));
        var image = TestImage.Image(here, Now, "layer", ["layer", "missing"], "v1") with { Sparse = SparseManifests.Accepted };
        Assert.Equal([TestImage.DigestOf("missing")], await store.PutManifestAsync(image, CancellationToken.None));
        Assert.NotNull(await store.FindManifestAsync(here, ManifestReference.To(Tag.Parse("v1")), CancellationToken.None));
    }

    public void Dispose() => _directory.Dispose();

    private void MakeFirstVersion()
    {
        var resource = typeof(SqliteDatabase).Assembly.GetManifestResourceStream("migrations/0001-initial.sql")!;
        File.Create(DatabaseFile).Dispose();
        using var session = SqliteSession.Connect(DatabaseFile, new StreamReader(resource).ReadToEnd());
        session.ExecuteScript($"""
            INSERT INTO migration (version, berth_version) VALUES (1, '0.1.0');
            INSERT INTO repository (id, name, created) VALUES (7, 'here', 0);
            INSERT INTO blob (id, digest, size, created) VALUES (9, '{TestImage.DigestOf("layer")}', 5, 0);
            INSERT INTO repository_blob (repository_id, blob_id, lease_until) VALUES (7, 9, 0);
            PRAGMA user_version = 1;
            """);
    }
}

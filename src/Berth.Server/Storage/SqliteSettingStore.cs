using Berth.Registry.Access;

namespace Berth.Server.Storage;

internal sealed class SqliteSettingStore(SqliteDatabase database) : ISettingStore
{
    public ValueTask<string> GetOrAddSettingAsync(string key, Func<string> create, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Find(session, key) ?? Add(session, key, create()), cancellationToken);

    private static string? Find(SqliteSession session, string key) =>
        (string?)session.Scalar("SELECT value FROM setting WHERE key = ?1", key);

    private static string Add(SqliteSession session, string key, string value)
    {
        session.Execute("INSERT INTO setting (key, value) VALUES (?1, ?2)", key, value);
        return value;
    }
}

using Berth.Registry.Access;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

internal sealed class SqliteAccountStore(SqliteDatabase database) : IAccountStore
{
    public ValueTask<Account?> FindAccountAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session =>
            session.FirstOrDefault("SELECT name, password_hash, is_administrator FROM account WHERE name = ?1", ReadAccount, name)));

    public ValueTask<bool> AddAccountAsync(Account account, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                "INSERT INTO account (name, password_hash, is_administrator, created) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                account.Name,
                account.PasswordHash,
                account.IsAdministrator ? 1 : 0,
                now.ToUnixTimeMilliseconds()) > 0,
            cancellationToken);

    public ValueTask<bool> SetPasswordAsync(string name, string passwordHash, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute("UPDATE account SET password_hash = ?2 WHERE name = ?1", name, passwordHash) > 0, cancellationToken);

    public ValueTask<bool> RemoveAccountAsync(string name, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Execute("DELETE FROM account WHERE name = ?1", name) > 0, cancellationToken);

    public ValueTask<IReadOnlyList<Account>> ListAccountsAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Account>>(database.Read(session =>
            session.List("SELECT name, password_hash, is_administrator FROM account ORDER BY name", ReadAccount)));

    private static Account ReadAccount(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2) != 0);
}

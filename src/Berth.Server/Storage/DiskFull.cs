using Berth.Oci;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>Recognizes the many ways in which Linux and SQLite say that there is no room left.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT
    private const int SqliteFull = 13; // SQLITE_FULL
    private const int SqliteSharedMemorySize = 4874; // SQLITE_IOERR_SHMSIZE: the WAL index could not grow

    public static bool IsCauseOf(Exception exception) => exception switch
    {
        IOException io => io.HResult is NoSpace or QuotaExceeded,
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull || sqlite.SqliteExtendedErrorCode == SqliteSharedMemorySize,
        _ => false,
    };

    public static OciException ToOciException() => new(OciError.StorageFull);
}

using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>How a connection waits while another process writes.</summary>
internal static partial class SqliteTurn
{
    private const int MostAsks = 10_000;

    // Referenced for as long as the process lives: SQLite keeps no more than its address.
    private static readonly Busy OnBusy = AskAgain;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Busy(nint context, int asked);

    /// <summary>
    /// Asks again every millisecond, for 10 seconds. SQLite's own way lets ever longer pauses go by, of up to 100 ms, and misses the moments in
    /// which the other lets go.
    /// </summary>
    public static void Wait(SqliteConnection connection)
    {
        var result = SetHandler(connection.Handle!, Marshal.GetFunctionPointerForDelegate(OnBusy), 0);
        SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    private static int AskAgain(nint context, int asked)
    {
        if (asked >= MostAsks)
            return 0;
#pragma warning disable RS0030 // Another process lets go of the database without an event that could be waited for.
        Thread.Sleep(1);
#pragma warning restore RS0030
        return 1;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_busy_handler")]
    private static partial int SetHandler(SQLitePCL.sqlite3 connection, nint handler, nint context);
}

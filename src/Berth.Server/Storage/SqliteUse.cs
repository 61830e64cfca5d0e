namespace Berth.Server.Storage;

/// <summary>Who opens the database.</summary>
internal enum SqliteUse
{
    /// <summary>The one server process.</summary>
    Serving,

    /// <summary>A command beside it; never moves the write-ahead log into the database, which is left to the server.</summary>
    Command,
}

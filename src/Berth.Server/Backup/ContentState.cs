namespace Berth.Server.Backup;

/// <summary>What reading content showed.</summary>
internal enum ContentState
{
    Good,

    /// <summary>There is no file.</summary>
    Missing,

    /// <summary>The file has other bytes than its digest says.</summary>
    Damaged,

    /// <summary>The disk gives an error.</summary>
    Unreadable,
}

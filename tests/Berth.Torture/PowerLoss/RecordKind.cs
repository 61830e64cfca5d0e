namespace Berth.Torture.PowerLoss;

internal enum RecordKind : byte
{
    Open = 1,
    Write,
    Truncate,
    Rename,
    Unlink,
    MakeDirectory,
    RemoveDirectory,
    Sync,

    /// <summary>Something that is done to files and that the replay does not know.</summary>
    Unknown,
}

namespace Berth.Packaging.Build;

/// <summary>Why a Cloud Proxy would not get an image, or could not run it.</summary>
internal enum PullFault
{
    /// <summary>The pull host cannot be reached from here; nothing is known about elsewhere.</summary>
    Unreachable,
    Private,
    Absent,
    NoImage,
    Platform,

    /// <summary>A blob is missing.</summary>
    Incomplete,
}

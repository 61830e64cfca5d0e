namespace Berth.Registry.Tests.Fuzzing;

/// <summary>A request to an upload session, relative to where the session stands.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Shift">In bytes: how far from the end of the session the chunk claims to start.</param>
/// <param name="Stretch">In bytes: how much longer than its content the chunk claims to be.</param>
internal sealed record UploadStep(UploadStepKind Kind, int Shift, int Stretch, string Content)
{
    public bool Fits => Shift == 0 && Stretch == 0;
}

internal enum UploadStepKind
{
    Chunk,
    Stream,
    Status,
    PutChunk,
    PutWrongDigest,
}

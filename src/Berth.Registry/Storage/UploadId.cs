namespace Berth.Registry.Storage;

/// <summary>Names an upload session: a random UUID, so that it cannot be guessed, written without dashes.</summary>
public readonly record struct UploadId
{
    private readonly Guid _value;

    private UploadId(Guid value) => _value = value;

    public static UploadId New() => new(Guid.NewGuid());

    public static bool TryParse(ReadOnlySpan<char> text, out UploadId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = new UploadId(value);
        return parsed;
    }

    public override string ToString() => _value.ToString("N");
}

using Berth.Torture.Model;

namespace Berth.Torture.PowerLoss;

/// <param name="Begun">Length of the record before the request was sent.</param>
internal sealed record JournalEntry(string Repository, Change Change, long Begun, DateTimeOffset Time)
{
    /// <summary>Length of the record after the answer had come.</summary>
    public long Ended { get; set; } = long.MaxValue;

    public bool Done { get; set; }
}

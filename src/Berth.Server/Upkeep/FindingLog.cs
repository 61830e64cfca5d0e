using Berth.Registry.Upkeep;
using Berth.Server.Diagnostics;

namespace Berth.Server.Upkeep;

/// <summary>What a pass finds, in the log.</summary>
internal static class FindingLog
{
    public static void Tell(this ILogger log, ScrubFinding finding)
    {
        switch (finding.Kind)
        {
            case ScrubFindingKind.Corrupt:
                log.ContentCorrupt(finding.Digest, finding.Size);
                break;
            case ScrubFindingKind.Missing:
                log.ContentMissing(finding.Digest, finding.Size);
                break;
            case ScrubFindingKind.ReadWrongOnce:
                log.ReadWrongOnce(finding.Digest);
                break;
            case ScrubFindingKind.Healed:
                log.ContentHealed(finding.Digest, finding.From?.ToString() ?? "a push");
                break;
            case ScrubFindingKind.PeerFailed:
                log.PeerFailed(finding.From!, finding.Digest, finding.Problem!);
                break;
            default:
                log.OrphanTrashed(finding.Digest, finding.Size);
                break;
        }
    }
}

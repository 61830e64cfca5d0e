using System.Globalization;
using Berth.Server.Explaining;

namespace Berth.Server.Commands;

/// <summary>What is known of a digest, for a person.</summary>
internal static class ExplanationText
{
    public static IEnumerable<string> Lines(DigestFacts facts)
    {
        yield return $"{facts.Digest}: {(facts.Alive ? "alive" : "gone")}";
        foreach (var line in facts.Manifests.SelectMany(Manifest))
            yield return line;
        foreach (var line in facts.Blob is { } blob ? Blob(blob) : [])
            yield return line;
        if (facts.Journal.Length > 0)
            yield return "journal";
        foreach (var entry in facts.Journal)
            yield return $"  {Entry(entry)}";
    }

    public static string Entry(JournalFacts entry)
    {
        var name = entry switch
        {
            { Repository: { } repository, Tag: { } tag } => $"{repository}:{tag} ({entry.Digest})",
            { Repository: { } repository, Digest: { } digest } => $"{repository}@{digest}",
            { Repository: { } repository } => repository,
            _ => entry.Digest,
        };
        var part = entry.PartOf is { } whole ? string.Create(CultureInfo.InvariantCulture, $", part of #{whole}") : "";
        var state = entry switch
        {
            { Restored: { } time } => $"restored {TimeText.Format(time)}",
            { Purged: { } time } => $"purged {TimeText.Format(time)}",
            _ => $"in the trash until {TimeText.Format(entry.TrashUntil!.Value)}",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"#{entry.Id} {TimeText.Format(entry.At)} {entry.Kind} {name} went: {entry.Reason} (by {entry.Actor}{(entry.Forced ? ", forced" : "")}){part}; {state}");
    }

    private static IEnumerable<string> Manifest(ManifestFacts manifest)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"manifest in {manifest.Repository} ({manifest.MediaType}, {manifest.Size} B, since {TimeText.Format(manifest.Created)})");
        foreach (var tag in manifest.Tags)
            yield return $"  tag {tag.Name}, moved {TimeText.Format(tag.Updated)}{(tag.Removable is { } reason ? $"; goes at the next collection: {reason}" : "")}";
        foreach (var parent in manifest.Parents)
            yield return $"  listed by the index {parent}";
        foreach (var pin in manifest.Pins)
            yield return $"  pinned as '{pin.Name}'{(pin.Until is { } end ? $", {(pin.Ended ? "ended" : "until")} {TimeText.Format(end)}" : "")}";
        foreach (var pack in manifest.Packs)
            yield return $"  pinned by the management pack {pack}";
        if (manifest.Subject is { } subject)
            yield return $"  refers to {subject}, which is {(manifest.SubjectIsThere ? "there" : "not there")}";
        if (manifest.Pulled is { } pulled)
            yield return $"  pulled {TimeText.Format(pulled)}";
        if (manifest.UntaggedSince is { } since)
            yield return $"  untagged since {TimeText.Format(since)}{Fate(manifest)}";
    }

    private static string Fate(ManifestFacts manifest) => manifest switch
    {
        { Policy: { } policy, Goes: { } time } => $"; the policy {policy} lets it go {TimeText.Format(time)}",
        { Policy: { } policy } => $"; the policy {policy} does not let it go",
        _ => ", and no policy names it",
    };

    private static IEnumerable<string> Blob(BlobFacts blob)
    {
        var verified = blob.Verified is { } time ? $"verified {TimeText.Format(time)}" : "never verified";
        yield return string.Create(
            CultureInfo.InvariantCulture, $"content ({blob.Size} B, since {TimeText.Format(blob.Created)}), file {blob.File}, {verified}");
        if (blob.Trashed is { } trashed)
            yield return $"  in the trash since {TimeText.Format(trashed)}";
        if (blob.Damaged is { } damaged)
            yield return $"  damaged, found {TimeText.Format(damaged)}";
        foreach (var link in blob.Repositories)
        {
            foreach (var manifest in link.NamedBy)
                yield return $"  {link.Repository}: named by {manifest}";
            if (link.NamedBy.Length == 0 || !link.LeaseEnded)
                yield return $"  {link.Repository}: lease {(link.LeaseEnded ? "ended" : "until")} {TimeText.Format(link.LeaseUntil)}";
        }
    }
}

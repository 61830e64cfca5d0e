using System.Net;
using System.Text.Json;
using Berth.Oci;
using Berth.Torture.Http;
using Berth.Torture.Model;

namespace Berth.Torture.Checks;

/// <summary>Compares a repository with its model, as somebody who has no login and renews no promise.</summary>
/// <param name="at">The moment that promises are judged by; null for when the answer arrived.</param>
internal sealed class RepositoryCheck(RegistryConnection anonymous, RepositoryModel model, DateTimeOffset? at = null)
{
    /// <summary>Finds out what became of the request that was not answered: all of it happened, or nothing.</summary>
    public async Task SettleAsync()
    {
        switch (model.Pending)
        {
            case null:
                return;
            case BlobPromised promised:
                model.MayHave(promised.Blob);
                break;
            case BlobRemoved removed:
                model.MayLack(removed.Blob);
                break;
            case var change:
                await SettleAsync(change);
                break;
        }

        model.Pending = null;
    }

    /// <summary>Everything that something was done with since the last time, and some of the rest.</summary>
    public async Task CheckTouchedAsync(Random random, int more)
    {
        foreach (var touched in model.Touched)
            await CheckAsync(touched);
        foreach (var name in Sample(random, [.. Names()], more))
            await CheckAsync(name);
        model.Touched.Clear();
    }

    public async Task CheckAllAsync()
    {
        foreach (var name in Names().ToList())
            await CheckAsync(name);
        await CheckTagListAsync();
        foreach (var subject in model.Manifests.Values.Select(manifest => manifest.Subject).OfType<Digest>().Distinct())
            await CheckReferrersAsync(subject);
        model.Touched.Clear();
    }

    private async Task SettleAsync(Change change)
    {
        var after = model.Clone();
        change.ApplyTo(after);
        var references = change.References(model);
        var found = new List<Digest?>();
        foreach (var reference in references)
            found.Add(await FindAsync(reference));
        if (found.SequenceEqual(references.Select(after.Find)))
            change.ApplyTo(model);
        else if (!found.SequenceEqual(references.Select(model.Find)))
            throw new Violation($"{model.Name}: half of {change} happened: {string.Join(", ", references.Zip(found, (name, digest) => $"{name} is {digest}"))}");
        foreach (var reference in references)
            model.Touched.Add(reference);
    }

    private IEnumerable<string> Names() =>
    [
        .. model.Blobs.Keys.Select(digest => digest.ToString()), .. model.Manifests.Keys.Select(digest => digest.ToString()), .. model.Tags.Keys,
        .. model.Gone.Select(digest => digest.ToString()), .. model.GoneTags,
    ];

    private Task CheckAsync(string name) => !Digest.TryParse(name, out var digest) ? CheckManifestAsync(name)
        : model.Blobs.ContainsKey(digest) ? CheckBlobAsync(digest)
        : model.Manifests.ContainsKey(digest) ? CheckManifestAsync(name)
        : CheckGoneAsync(digest);

    private async Task CheckBlobAsync(Digest digest)
    {
        var answer = await anonymous.SendAsync(HttpMethod.Get, $"/v2/{model.Name}/blobs/{digest}");
        if (answer.Status is HttpStatusCode.NotFound && !model.MustHave(digest, at ?? answer.Received))
        {
            model.Forget(digest);
            return;
        }

        answer.Must(model.IsNeeded(digest) ? "a manifest needs the blob" : "the blob was acknowledged", HttpStatusCode.OK);
        if (Digest.Of(answer.Body) != digest)
            throw answer.Unexpected($"its {answer.Body.Length} bytes have the digest {Digest.Of(answer.Body)}");
    }

    private async Task CheckManifestAsync(string reference)
    {
        var wanted = model.Find(reference);
        if (await FindAsync(reference) is var found && found != wanted)
            throw new Violation($"{model.Name}: {reference} is {Text(found)} and was acknowledged to be {Text(wanted)}");
    }

    /// <summary>Neither blob nor manifest: it was deleted, or never was more than a request.</summary>
    private async Task CheckGoneAsync(Digest digest)
    {
        if (!model.Gone.Contains(digest))
            return;
        (await anonymous.SendAsync(HttpMethod.Head, $"/v2/{model.Name}/blobs/{digest}")).Must("it was deleted", HttpStatusCode.NotFound);
        (await anonymous.SendAsync(HttpMethod.Head, $"/v2/{model.Name}/manifests/{digest}")).Must("it was deleted", HttpStatusCode.NotFound);
    }

    private async Task CheckTagListAsync()
    {
        var answer = await anonymous.SendAsync(HttpMethod.Get, $"/v2/{model.Name}/tags/list");
        if (answer.Status is HttpStatusCode.NotFound && model.Manifests.Count == 0)
            return;
        using var document = JsonDocument.Parse(answer.Must("it has been pushed to", HttpStatusCode.OK).Body);
        var listed = document.RootElement.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString());
        if (!listed.SequenceEqual(model.Tags.Keys.Order(StringComparer.Ordinal)))
            throw answer.Unexpected($"its tags are {string.Join(", ", model.Tags.Keys.Order(StringComparer.Ordinal))}");
    }

    private async Task CheckReferrersAsync(Digest subject)
    {
        var answer = await anonymous.SendAsync(HttpMethod.Get, $"/v2/{model.Name}/referrers/{subject}");
        using var document = JsonDocument.Parse(answer.Must("referrers are always listed", HttpStatusCode.OK).Body);
        var listed = document.RootElement.GetProperty("manifests").EnumerateArray().Select(entry => Digest.Parse(entry.GetProperty("digest").GetString()));
        if (!listed.ToHashSet().SetEquals(model.Manifests.Values.Where(manifest => manifest.Subject == subject).Select(manifest => manifest.Digest)))
            throw answer.Unexpected("others were acknowledged");
    }

    /// <summary>Which manifest the server gives, after a look at its bytes.</summary>
    private async Task<Digest?> FindAsync(string reference)
    {
        var answer = await anonymous.SendAsync(HttpMethod.Get, $"/v2/{model.Name}/manifests/{reference}");
        if (answer.Status is HttpStatusCode.NotFound)
            return null;
        var digest = Digest.Of(answer.Must("it is there or it is not", HttpStatusCode.OK).Body);
        if (model.Manifests.TryGetValue(digest, out var known) && known.MediaType != answer.MediaType)
            throw answer.Unexpected($"it was pushed as {known.MediaType} and comes back as {answer.MediaType}");
        return digest;
    }

    private static IEnumerable<string> Sample(Random random, IReadOnlyList<string> names, int count) =>
        names.Count == 0 ? [] : Enumerable.Range(0, count).Select(_ => names[random.Next(names.Count)]);

    private static string Text(Digest? digest) => digest?.ToString() ?? "not there";
}

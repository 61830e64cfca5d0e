using Berth.Oci;
using Berth.Torture.Content;
using Berth.Torture.Http;
using Berth.Torture.Model;
using Berth.Torture.Servers;

namespace Berth.Torture.Clients;

/// <summary>
/// One client of a store. It owns repositories that nobody else writes to, so that it knows exactly what they hold; the content it shares with
/// all the others. It outlives the servers.
/// </summary>
internal sealed class TortureClient
{
    private const int RepositoryCount = 2;
    private const int MostManifests = 60;

    private readonly Random _random;
    private readonly ContentPool _content;
    private readonly ServerSettings _settings;
    private readonly IJournal? _journal;
    private readonly string _name;
    private readonly Dictionary<string, OpenUpload> _open = new(StringComparer.Ordinal);
    private int _number;

    public TortureClient(string name, int seed, ContentPool content, ServerSettings settings, IJournal? journal = null)
    {
        (_name, _random, _content, _settings, _journal) = (name, new Random(seed), content, settings, journal);
        Models = [.. Enumerable.Range(0, RepositoryCount).Select(number => new RepositoryModel($"{name}/repository-{number}"))];
    }

    public IReadOnlyList<RepositoryModel> Models { get; }

    /// <summary>Repositories of other clients, for mounts that may succeed or not.</summary>
    public IReadOnlyList<string> Neighbours { get; set; } = [];

    /// <summary>Acknowledged requests that changed something.</summary>
    public int Acknowledged => Models.Sum(model => model.Acknowledged);

    /// <summary>Does one thing after the other until the server is gone or <paramref name="enough"/> is reached.</summary>
    public async Task WorkAsync(RegistryConnection connection, CancellationToken enough)
    {
        try
        {
            while (!enough.IsCancellationRequested)
                await StepAsync(connection);
        }
        catch (ServerGone)
        {
            // What was on its way is in the models, as pending.
        }
    }

    private async Task StepAsync(RegistryConnection connection)
    {
        var model = Pick(Models);
        var repository = new RepositoryClient(connection, model, _settings.Grace, _journal);
        await (_random.Next(20) switch
        {
            // A store of some size is enough, and is what is checked after each kill.
            < 9 when model.Manifests.Count > MostManifests => RemoveManifestAsync(repository),
            < 7 => PushImageAsync(repository),
            < 9 => PushIndexAsync(repository),
            < 11 => MoveTagAsync(repository),
            < 13 => RemoveTagAsync(repository),
            < 15 => RemoveManifestAsync(repository),
            < 16 => RemoveBlobAsync(repository),
            < 17 => ReadAsync(repository),
            < 18 => repository.LeaveAsync(
                Blob(out var blob), _random.Next(blob.Size + 1), upload => _open[upload.Location] = upload),
            _ => ResumeAsync(connection),
        });
    }

    private async Task PushImageAsync(RepositoryClient repository)
    {
        var blobs = new List<SeededBlob>();
        for (var layer = 0; layer <= 1 + _random.Next(3); layer++)
            blobs.Add(Blob(out _));
        var image = ManifestText.Image(blobs, Subject(repository.Model), Number());
        do
        {
            foreach (var blob in blobs)
                await ProvideAsync(repository, blob);
        }
        while (!await repository.PutManifestAsync(image, Tags()));
    }

    /// <summary>Ways to come to a blob: rely on what is there, take it from elsewhere, or upload it, needed or not.</summary>
    private async Task ProvideAsync(RepositoryClient repository, SeededBlob blob)
    {
        var way = _random.Next(10);
        if (way < 5 && await repository.HeadAsync(blob.Digest))
            return;
        if (way is > 2 and < 8 && await MountAsync(repository, blob))
            return;
        await repository.UploadAsync(blob, (UploadForm)_random.Next(4));
    }

    private async Task<bool> MountAsync(RepositoryClient repository, SeededBlob blob)
    {
        var other = Models.First(model => model != repository.Model);
        return other.Blobs.ContainsKey(blob.Digest)
            ? await repository.MountAsync(blob.Digest, other.Name, received => other.MustHave(blob.Digest, received))
            : Neighbours.Count > 0 && await repository.MountAsync(blob.Digest, Pick(Neighbours), _ => false);
    }

    private async Task PushIndexAsync(RepositoryClient repository)
    {
        var all = repository.Model.Manifests.Values.ToList();
        var children = Enumerable.Range(0, Math.Min(_random.Next(4), all.Count)).Select(_ => Pick(all)).ToList();
        await repository.PutManifestAsync(ManifestText.Index(children, Subject(repository.Model), Number()), Tags());
    }

    private async Task MoveTagAsync(RepositoryClient repository)
    {
        if (repository.Model.Manifests.Count > 0)
            await repository.PutManifestAsync(Pick([.. repository.Model.Manifests.Values]), Tags());
    }

    private async Task RemoveTagAsync(RepositoryClient repository)
    {
        if (repository.Model.Tags.Count > 0)
            await repository.DeleteTagAsync(Pick([.. repository.Model.Tags.Keys]));
    }

    private async Task RemoveManifestAsync(RepositoryClient repository)
    {
        if (repository.Model.Manifests.Count > 0)
            await repository.DeleteManifestAsync(Pick([.. repository.Model.Manifests.Keys]));
    }

    private async Task RemoveBlobAsync(RepositoryClient repository)
    {
        if (repository.Model.Blobs.Count > 0)
            await repository.DeleteBlobAsync(Pick([.. repository.Model.Blobs.Keys]));
    }

    private async Task ReadAsync(RepositoryClient repository)
    {
        if (repository.Model.Tags.Count > 0)
            await repository.GetManifestAsync(Pick([.. repository.Model.Tags.Keys]));
        if (repository.Model.Blobs.Count > 0)
            await repository.GetAsync(Pick([.. repository.Model.Blobs.Keys]));
    }

    private async Task ResumeAsync(RegistryConnection connection)
    {
        if (_open.Count == 0)
            return;
        var upload = Pick([.. _open.Values]);
        _open.Remove(upload.Location);
        var model = Models.Single(model => model.Name == upload.Repository);
        await new RepositoryClient(connection, model, _settings.Grace, _journal).ResumeAsync(upload);
    }

    private SeededBlob Blob(out SeededBlob blob) => blob = _random.Next(3) == 0 ? _content.Fresh() : _content.Shared(_random);

    /// <summary>Of what is there, or of what may never be pushed.</summary>
    private Digest? Subject(RepositoryModel model) => _random.Next(4) switch
    {
        0 when model.Manifests.Count > 0 => Pick([.. model.Manifests.Keys]),
        1 => Digest.Of([(byte)_random.Next(8)]),
        _ => null,
    };

    /// <summary>Few, so that they move.</summary>
    private List<string> Tags() => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => $"tag-{_random.Next(12)}").Distinct()];

    private string Number() => $"{_name} {++_number}";

    private T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}

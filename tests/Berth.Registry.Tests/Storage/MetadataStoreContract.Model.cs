using Berth.Oci;
using Berth.Registry.Storage;
using CsCheck;

namespace Berth.Registry.Tests.Storage;

/// <summary>Any sequence of operations gives the answers and the state that the model gives.</summary>
public abstract partial class MetadataStoreContract
{
    // Few enough of each that operations meet.
    private static readonly Gen<int> Small = Gen.Int[0, 2];
    private static readonly Gen<string> Content = Small.Select(i => $"blob {i}");
    private static readonly Gen<Digest> Blob = Content.Select(TestImage.DigestOf);
    private static readonly Gen<string> TagName = Small.Select(i => $"v{i}");
    private static readonly Gen<int> Upload = Gen.Int[0, 1];
    private static readonly Gen<int?> MaybeUpload = Gen.Int[0, 2].Select(i => i < 2 ? i : (int?)null);

    private int _sample;
    private UploadId[] _uploads = [];

    [Fact]
    public async Task Any_sequence_of_operations_behaves_as_the_model()
    {
        await Check.SampleAsync(Operation().Array[1, 40], FollowsModelAsync, iter: 300, threads: 1, print: Print);
    }

    /// <summary>Names of this sample's own, so that one store serves all samples.</summary>
    private RepositoryName Name(int repository) => RepositoryName.Parse($"s{_sample}/r{repository}");

    private Gen<ModelStep> Operation() => Gen.OneOf(
        Gen.Select(Small, Upload, AddUpload),
        Gen.Select(Small, Upload, RemoveUpload),
        Gen.Select(Small, Content, MaybeUpload, Link),
        Gen.Select(Small, Content, MaybeUpload, Link),
        Gen.Select(Small, Small, Blob, Mount),
        Gen.Select(Small, Blob, RemoveBlob),
        Gen.Select(Small, Content, Content.Array[0, 2], TagName.Array[0, 2], PutImage),
        Gen.Select(Small, Content, Content.Array[0, 2], TagName.Array[0, 2], PutImage),
        Gen.Select(Small, Content, TagName.Array[0, 2], PutIndex),
        Gen.Select(Small, Content, Gen.Bool, RemoveManifest),
        Gen.Select(Small, TagName, RemoveTag));

    private async Task FollowsModelAsync(ModelStep[] steps)
    {
        _sample++;
        _uploads = [UploadId.New(), UploadId.New()];
        var model = new MetadataModel();
        foreach (var step in steps)
        {
            var (actual, expected) = await step.Run(model);
            Assert.Equal(expected, actual);
        }

        await SameStateAsync(model);
    }

    private async Task SameStateAsync(MetadataModel model)
    {
        var page = await Store.ListRepositoriesAsync($"s{_sample}/", 3, Cancel);
        var names = page.Select(name => name.ToString()).Where(name => name.StartsWith($"s{_sample}/", StringComparison.Ordinal));
        Assert.Equal(model.Repositories, names);
        foreach (var repository in Enumerable.Range(0, 3).Select(Name))
        {
            var tags = await Store.ListTagsAsync(repository, null, 9, Cancel);
            Assert.Equal(model.ListTags(repository), tags?.Select(tag => tag.ToString()));
            foreach (var id in _uploads)
                Assert.Equal(model.HasUpload(repository, id), await Store.HasUploadAsync(repository, id, Cancel));
            foreach (var i in Enumerable.Range(0, 3))
            {
                var tag = ManifestReference.To(Tag.Parse($"v{i}"));
                var stored = await Store.FindManifestAsync(repository, tag, Cancel);
                Assert.Equal(model.FindManifest(repository, tag), stored?.Bytes.ToArray());
                var blob = TestImage.DigestOf($"blob {i}");
                Assert.Equal(model.FindBlob(repository, blob), await Store.FindBlobAsync(repository, blob, Cancel));
            }
        }
    }

    private static string Print(ModelStep[] steps) => string.Join("; ", steps.Select(step => step.Name));
}

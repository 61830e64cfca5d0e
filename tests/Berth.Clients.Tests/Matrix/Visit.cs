using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Clients;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Matrix;

/// <summary>One client about to do one thing: where, as whom, and with which files.</summary>
/// <param name="Client">Who does it.</param>
/// <param name="Site">The registry.</param>
/// <param name="Home">The client's, logged in or not.</param>
/// <param name="Owner">The client's, logged in as who may push: for what must be there before.</param>
/// <param name="Caller">Who <paramref name="Home"/> is logged in as, for clients that keep no login; null for nobody.</param>
/// <param name="Repository">This visit's own, empty but for what the operation wants there before.</param>
/// <param name="Directory">This visit's own, empty.</param>
internal sealed record Visit(
    Client Client, Site Site, Home Home, Home Owner, Login? Caller, string Repository, string Directory)
{
    /// <summary>What the visit pushes, signs or deletes.</summary>
    public string Target => $"{Site.Host}/{Repository}:{Layout.Tag}";

    public string TargetByDigest => $"{Site.Host}/{Repository}@{PublicContent.Image.Manifest.Digest}";

    public string PublicRepository => $"{Site.Host}/{PublicContent.Repository}";

    public string Image => $"{PublicRepository}:{PublicContent.ImageTag}";

    public string ImageByDigest => $"{PublicRepository}@{PublicContent.Image.Manifest.Digest}";

    public string Index => $"{PublicRepository}:{PublicContent.IndexTag}";

    /// <summary>The images of the index, by digest.</summary>
    public IEnumerable<string> Members => PublicContent.Index.Images.Select(image => $"{PublicRepository}@{image.Manifest.Digest}");

    public string Artifact => $"{PublicRepository}:{PublicContent.ArtifactTag}";

    public string File(string name) => Path.Combine(Directory, name);

    /// <summary>A layout of the image in the visit's directory.</summary>
    public async Task<string> ImageLayoutAsync()
    {
        await Layout.WriteAsync(File("image"), PublicContent.Image.Manifest, PublicContent.Image.Blobs);
        return File("image");
    }

    /// <summary>A layout of the index in the visit's directory.</summary>
    public async Task<string> IndexLayoutAsync()
    {
        var index = PublicContent.Index;
        await Layout.WriteAsync(File("index"), index.Manifest, [.. index.Blobs, .. index.Images.Select(image => image.Manifest)]);
        return File("index");
    }

    /// <summary>A directory with a recipe for an image like no other, for clients that push what they have built.</summary>
    public async Task<string> BuildContextAsync()
    {
        var context = System.IO.Directory.CreateDirectory(File("context")).FullName;
        await System.IO.File.WriteAllTextAsync($"{context}/one", Repository);
        await System.IO.File.WriteAllTextAsync($"{context}/two", Site.Host);
        await System.IO.File.WriteAllTextAsync($"{context}/Dockerfile", "FROM scratch\nCOPY one /\nCOPY two /\nCMD [\"/one\"]\n");
        return context;
    }
}

using System.IO.Compression;
using System.Net;
using System.Text;
using Berth.Chain.Tests.Registry;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests.Chain;

/// <summary>An image for another platform than the appliance's, and a pak that asks for it.</summary>
internal static class ForeignImage
{
    private const string Config = """
        { "architecture": "arm64", "os": "linux", "rootfs": { "type": "layers", "diff_ids": [] }, "config": { "Cmd": ["/adapter"] } }
        """;

    public static async Task<string> PushAsync(BerthServer berth, Login login, string repository)
    {
        using var http = new RegistryHttp(berth.Address);
        var token = await http.TokenAsync(login, repository, "pull,push");
        var upload = new BlobUpload(http, token, repository, _ => { });
        var config = Encoding.ASCII.GetBytes(Config);
        using var blob = await upload.InTwoRequestsAsync(config, Sha256.Of(config));
        Assert.Equal(HttpStatusCode.Created, blob.StatusCode);

        var manifest = ImageManifest.Write(new(Sha256.Of(config), config.Length), [], 0);
        using var content = new ByteArrayContent(manifest);
        content.Headers.ContentType = new(ImageManifest.MediaType);
        using var answer = await http.SendAsync(HttpMethod.Put, $"/v2/{repository}/manifests/{Sha256.Of(manifest)}", token, content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return Sha256.Of(manifest);
    }

    /// <summary>Writes a pak like the given one, whose .conf names another digest, and gives its path.</summary>
    public static string Retarget(string pak, string digest)
    {
        var path = Path.ChangeExtension(pak, ".foreign.pak");
        var conf = PakConf.Read(pak);
        File.Copy(pak, path);
        using var outer = ZipFile.Open(path, ZipArchiveMode.Update);
        using var adapter = new ZipArchive(outer.GetEntry("adapter.zip")!.Open(), ZipArchiveMode.Update);
        var entry = adapter.GetEntry("HostWatch.conf")!;
        using var stream = entry.Open();
        using var reader = new StreamReader(stream, leaveOpen: true);
        var text = reader.ReadToEnd().Replace(conf.Digest, digest, StringComparison.Ordinal);
        stream.SetLength(0);
        stream.Write(Encoding.ASCII.GetBytes(text));
        return path;
    }
}

using Berth.Oci;
using Berth.Packaging.Tests.Pak;

namespace Berth.Packaging.Tests.Preload;

/// <summary>A pak that names an image.</summary>
internal static class PreloadPak
{
    public const string Path = "packs/preload";

    public static string Write(TempDirectory directory, string host, Digest digest) => directory.Write(
        $"{Guid.NewGuid():N}.pak",
        TestPak.WithAdapter(TestPak.Zip((
            "A.conf", $"KINDKEY=A\nAPI_VERSION=1.0.0\nAPI_PROTOCOL=http\nAPI_PORT=8080\nREGISTRY={host}\nREPOSITORY=/{Path}\nDIGEST={digest}\n"))));
}

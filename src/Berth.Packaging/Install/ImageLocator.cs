using Berth.Oci;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>Finds an image the way a Cloud Proxy does: what the engine has under the reference, else an anonymous pull by digest.</summary>
internal sealed class ImageLocator(ContainerEngine engine, StageRunner stages, IInstallObserver observer)
{
    /// <returns>An image that a Cloud Proxy can run, and whether it had to be pulled.</returns>
    public async Task<(EngineImage Image, bool Pulled)> LocateAsync(PinnedImage wanted, CancellationToken cancellationToken)
    {
        var local = await stages.RunAsync(
            InstallStage.FindImage,
            () => engine.Images.FindAsync(wanted, cancellationToken),
            found => found is null ? "not here, to be pulled" : $"here already, {Megabytes(found.Bytes)}");
        var image = local ?? await stages.RunAsync(
            InstallStage.Pull, () => PullAsync(wanted, cancellationToken), pulled => $"{Credentials}, {Megabytes(pulled.Bytes)}");
        await stages.RunAsync(InstallStage.Platform, () => Task.FromResult(Check(image)), platform => platform.ToString());
        return (image, local is null);
    }

    private string Credentials =>
        engine.Info.PullsAnonymously
            ? "without credentials"
            : "without credentials from here; podman adds its own if it has stored some for the host";

    private static string Megabytes(long bytes) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    private static Platform Check(EngineImage image)
    {
        var wanted = Platform.CloudProxy;
        if (image.Platform.Os == wanted.Os && image.Platform.Architecture == wanted.Architecture)
            return image.Platform;
        throw new InstallException(
            InstallStage.Platform,
            $"The image is for {image.Platform}, and a Cloud Proxy runs {wanted} only. "
            + $"Build it for {wanted} (docker build --platform {wanted}) and push it again.");
    }

    private async Task<EngineImage> PullAsync(PinnedImage wanted, CancellationToken cancellationToken)
    {
        await engine.Images.PullAsync(wanted, new PullObserver(observer), cancellationToken);
        return await engine.Images.FindAsync(wanted, cancellationToken)
            ?? throw new InstallException(
                InstallStage.Pull,
                $"The engine reports a pull without error, and does not have the image now. Pull it by hand to see more: "
                + $"docker pull {wanted}");
    }

    private sealed class PullObserver(IInstallObserver observer) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => observer.Pulling(value.Received, value.Expected);
    }
}

namespace Berth.Packaging.Engine;

/// <summary>An image could not be pulled. The message is one line: what happened, what to do, the engine's own words.</summary>
internal sealed class PullException : Exception
{
    private PullException(PullFailure failure, string message, Exception? inner)
        : base(message, inner) => Failure = failure;

    public PullFailure Failure { get; }

    public static PullException From(PinnedImage image, string words, Exception? inner = null)
    {
        var failure = PullErrorText.Classify(words);
        return new PullException(failure, $"{Explain(failure, image)} The engine says: {words}", inner);
    }

    private static string Explain(PullFailure failure, PinnedImage image)
    {
        var host = image.Repository.Split('/')[0];
        return failure switch
        {
            PullFailure.ManifestUnknown =>
                $"The registry {host} has no image with this digest: it was deleted or collected, or pushed elsewhere. "
                + "Push it again, or build the pak anew.",
            PullFailure.Denied =>
                $"The repository is not public: {host} wants credentials, and a Cloud Proxy has none. "
                + $"Allow anonymous pull for {image.Repository}.",
            PullFailure.UnknownAuthority =>
                $"The certificate of {host} is signed by an authority that this engine does not know. "
                + $"Place its CA certificate at /etc/docker/certs.d/{host}/ca.crt on this machine, and on each Cloud Proxy.",
            PullFailure.CertificateInvalid =>
                $"The certificate of {host} is not valid for it. It needs that very name as a subject alternative name, and to be in date.",
            PullFailure.HostNotFound =>
                $"The name of the registry {host} does not resolve here. Check the name in the pak and the DNS of this machine.",
            PullFailure.ConnectionRefused => $"Nothing listens at {host}. Is the registry running, and is the port right?",
            PullFailure.NoAnswer => $"The registry {host} gives no answer. Check the network and firewalls between this machine and it.",
            PullFailure.PlainHttp =>
                $"The registry {host} speaks plain HTTP. Give it a certificate, or list it in insecure-registries of "
                + "/etc/docker/daemon.json on this machine, and on each Cloud Proxy.",
            PullFailure.Platform =>
                "The image has no variant for linux/amd64, which is what a Cloud Proxy runs. Build it with --platform linux/amd64.",
            PullFailure.RateLimited => $"The registry {host} limits how much this address may pull. Wait, or use another registry.",
            PullFailure.DiskFull => "The disk of the container engine is full. Free space (docker system df shows what takes it).",
            _ => $"The image could not be pulled from {host}.",
        };
    }
}

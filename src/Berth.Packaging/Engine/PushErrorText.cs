using Berth.Oci;

namespace Berth.Packaging.Engine;

/// <summary>Says what to do about a failed push. An engine gives nothing but words, so they decide.</summary>
internal static class PushErrorText
{
    public static string Explain(Reference target, string words) =>
        $"{target} could not be pushed: {words}{Advice(target.Registry, words)}";

    private static string Advice(RegistryHost registry, string words) => PullErrorText.Classify(words) switch
    {
        PullFailure.Denied =>
            $"; log in with 'docker login {registry}', or give --registry-username and a password, for an account that may push there",
        PullFailure.UnknownAuthority or PullFailure.CertificateInvalid =>
            $"; the engine must trust the registry's certificate: put its authority into /etc/docker/certs.d/{registry}/ca.crt where the engine runs",
        PullFailure.PlainHttp =>
            $"; the registry speaks no TLS: give it a certificate, or allow that to the engine (docker: insecure-registries in daemon.json; podman: registries.conf)",
        PullFailure.HostNotFound => $"; check the name {registry}, and the engine's DNS",
        PullFailure.ConnectionRefused or PullFailure.NoAnswer => $"; check that the engine's machine reaches {registry}",
        _ => "",
    };
}

namespace Berth.Packaging.Engine;

/// <summary>Why an image could not be pulled, told from the engine's words.</summary>
internal enum PullFailure
{
    /// <summary>The registry answers and has no manifest with this digest.</summary>
    ManifestUnknown,

    /// <summary>The registry wants credentials.</summary>
    Denied,

    /// <summary>The registry's certificate is signed by an authority that the engine does not know.</summary>
    UnknownAuthority,

    /// <summary>The registry's certificate is of a known authority and still not valid: another name, or expired.</summary>
    CertificateInvalid,

    /// <summary>The registry's host name does not resolve.</summary>
    HostNotFound,

    /// <summary>Nothing listens at the registry's address.</summary>
    ConnectionRefused,

    /// <summary>The registry, or the way to it, gives no answer.</summary>
    NoAnswer,

    /// <summary>The registry speaks plain HTTP and the engine asks for TLS.</summary>
    PlainHttp,

    /// <summary>The image has no variant for the platform.</summary>
    Platform,

    /// <summary>The registry has had enough of this address.</summary>
    RateLimited,

    /// <summary>The engine's disk is full.</summary>
    DiskFull,

    /// <summary>Something else; the message has the engine's words.</summary>
    Other,
}

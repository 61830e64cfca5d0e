namespace Berth.Packaging.Install;

/// <summary>Why an installation failed, where the stage alone does not say it.</summary>
public enum InstallFailure
{
    /// <summary>What the stage is called after failed.</summary>
    OfStage,

    /// <summary>The registry answers and has no image with the pak's digest.</summary>
    DigestUnknown,

    /// <summary>The registry wants a login to pull.</summary>
    Private,

    /// <summary>The engine does not know the authority that signed the registry's certificate.</summary>
    UnknownAuthority,

    /// <summary>The registry's certificate is for another name, or out of date.</summary>
    CertificateInvalid,

    /// <summary>The registry's name does not resolve.</summary>
    HostNotFound,

    /// <summary>Nothing listens at the registry's address.</summary>
    ConnectionRefused,

    /// <summary>The registry, or the way to it, gives no answer.</summary>
    NoAnswer,

    /// <summary>The registry has had enough of this address.</summary>
    RateLimited,

    /// <summary>The registry speaks plain HTTP.</summary>
    PlainHttp,

    /// <summary>The engine's disk is full.</summary>
    EngineDiskFull,

    /// <summary>The adapter runs, and nothing listens at the port of the conf.</summary>
    AdapterPort,

    /// <summary>The adapter was killed for its memory.</summary>
    AdapterMemory,

    /// <summary>The adapter's process ended by itself.</summary>
    AdapterEnded,

    /// <summary>The adapter takes a request and does not answer in time.</summary>
    AdapterSilent,

    /// <summary>The adapter's answer is not what its API prescribes.</summary>
    AdapterRubbish,

    /// <summary>The adapter does not show the certificate that it was given.</summary>
    AdapterCertificate,

    /// <summary>What was collected contradicts the pak's describe.xml.</summary>
    CollectionUnfit,
}

namespace Berth.Oci.Client;

/// <summary>Why a registry did not do what it was asked for.</summary>
public enum RegistryFailure
{
    /// <summary>Nothing answers, or not in time, or the connection broke.</summary>
    Unreachable,
    NameNotResolved,

    /// <summary>The certificate is not trusted or not for this name, or the peer speaks no TLS.</summary>
    Tls,

    /// <summary>A login is needed, or the one that was given is wrong.</summary>
    Unauthorized,

    /// <summary>The login is right and may not do this.</summary>
    Denied,

    /// <summary>Something that had to be there is not: the place to push to, an upload.</summary>
    NotFound,
    RateLimited,

    /// <summary>The answer is not what the distribution specification allows, or its content not what its digest says.</summary>
    Protocol,

    /// <summary>The registry says that it failed (status 500 and above).</summary>
    Server,

    /// <summary>The store of logins on this machine cannot be read.</summary>
    Credentials,
}

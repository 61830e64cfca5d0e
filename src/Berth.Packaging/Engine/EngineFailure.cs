namespace Berth.Packaging.Engine;

/// <summary>Why the container engine did not do what it was asked.</summary>
internal enum EngineFailure
{
    /// <summary>DOCKER_HOST names something that is not understood.</summary>
    Address,

    /// <summary>Nothing listens at the socket or port.</summary>
    NotRunning,

    /// <summary>The socket is there and this user may not use it.</summary>
    NoPermission,

    /// <summary>There is no socket, or no such host.</summary>
    NotFound,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The engine speaks only API versions that are not known here, or is no container engine.</summary>
    Version,

    /// <summary>The engine understood and refused.</summary>
    Refused,
}

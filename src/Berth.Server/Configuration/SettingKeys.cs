namespace Berth.Server.Configuration;

/// <summary>Every setting, as a configuration file has it; the environment writes <c>BERTH__Server__Url</c> for <c>Server:Url</c>.</summary>
internal static class SettingKeys
{
    public const string Data = "Storage:Data";
    public const string Listen = "Server:Listen";
    public const string Url = "Server:Url";
    public const string TlsCertificate = "Server:TlsCertificate";
    public const string TlsKey = "Server:TlsKey";
    public const string TrustedProxies = "Server:TrustedProxies";
    public const string ShutdownSeconds = "Server:ShutdownSeconds";
    public const string PrivateRepositories = "Access:Private";
    public const string TokenSeconds = "Tokens:Seconds";
    public const string UploadHours = "Uploads:ExpireHours";
    public const string SparseManifests = "Manifests:Sparse";
    public const string CollectionSeconds = "Collection:EverySeconds";
    public const string CollectionGraceSeconds = "Collection:GraceSeconds";
    public const string CollectionTrashSeconds = "Collection:TrashSeconds";
    public const string CollectionPulledDays = "Collection:PulledWithinDays";
    public const string ScrubSeconds = "Scrub:EverySeconds";
    public const string ScrubRate = "Scrub:MegabytesPerSecond";
    public const string ScrubPeers = "Scrub:Peers";
    public const string ScrubServing = "Scrub:VerifyWhileServing";
    public const string BackupOverdueHours = "Backup:OverdueHours";
    public const string LogFormat = "Log:Format";
    public const string LogLevel = "Log:Level";

    public static IReadOnlyList<string> All { get; } =
    [
        Data, Listen, Url, TlsCertificate, TlsKey, TrustedProxies, ShutdownSeconds, PrivateRepositories, TokenSeconds, UploadHours, SparseManifests,
        CollectionSeconds, CollectionGraceSeconds, CollectionTrashSeconds, CollectionPulledDays,
        ScrubSeconds, ScrubRate, ScrubPeers, ScrubServing, BackupOverdueHours, LogFormat, LogLevel,
    ];

    /// <summary>Those with several values.</summary>
    public static IReadOnlyList<string> Lists { get; } = [Listen, TrustedProxies, PrivateRepositories, ScrubPeers];
}

using Berth.Packaging.Install;

namespace Berth.MpInstall;

/// <summary>What the process ends with; a failed stage can be told from it.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Unexpected = 1;
    public const int Usage = 2;
    public const int Pak = 3;
    public const int Engine = 4;
    public const int Pull = 5;
    public const int Platform = 6;
    public const int Start = 7;
    public const int ApiVersion = 8;
    public const int Test = 9;
    public const int EndpointUrls = 10;
    public const int Collect = 11;
    public const int Remove = 12;
    public const int DigestUnknown = 20;
    public const int Private = 21;
    public const int UnknownAuthority = 22;
    public const int CertificateInvalid = 23;
    public const int HostNotFound = 24;
    public const int ConnectionRefused = 25;
    public const int NoAnswer = 26;
    public const int RateLimited = 27;
    public const int PlainHttp = 28;
    public const int EngineDiskFull = 29;
    public const int AdapterPort = 30;
    public const int AdapterMemory = 31;
    public const int AdapterEnded = 32;
    public const int AdapterSilent = 33;
    public const int AdapterRubbish = 34;
    public const int AdapterCertificate = 35;
    public const int CollectionUnfit = 36;
    public const int Interrupted = 130;

    public const string Help = """
        Exit codes:
          0    installed: every stage succeeded
          1    unexpected error
          2    usage: the command line, or the connection file
          3    the pak cannot be read
          4    the container engine cannot be used
          5    the image cannot be pulled, for another reason than 20 to 29
          6    the image is not for linux/amd64
          7    the container cannot be started
          8    /apiVersion failed, for another reason than 30 to 36; likewise:
          9    /test failed
          10   /endpointURLs failed
          11   /collect failed
          12   the container cannot be removed
          20   pull: the registry has no image with the pak's digest
          21   pull: the repository is not public
          22   pull: the registry's certificate is of an authority that the engine does not know
          23   pull: the registry's certificate is for another name, or out of date
          24   pull: the registry's name does not resolve
          25   pull: nothing listens at the registry's address
          26   pull: the registry gives no answer
          27   pull: the registry limits how much may be pulled
          28   pull: the registry speaks plain HTTP
          29   pull: the engine's disk is full
          30   the adapter does not listen at the port of the pak's conf
          31   the adapter ran out of memory
          32   the adapter's process ended
          33   the adapter takes a request and does not answer
          34   the adapter's answer is not what its API prescribes
          35   the adapter does not show the certificate that it was given
          36   what was collected contradicts the pak's describe.xml
          130  interrupted
        """;

    public static int Of(InstallException e) => e.Failure is InstallFailure.OfStage ? Of(e.Stage) : Of(e.Failure);

    public static int Of(InstallFailure failure) => failure switch
    {
        InstallFailure.DigestUnknown => DigestUnknown,
        InstallFailure.Private => Private,
        InstallFailure.UnknownAuthority => UnknownAuthority,
        InstallFailure.CertificateInvalid => CertificateInvalid,
        InstallFailure.HostNotFound => HostNotFound,
        InstallFailure.ConnectionRefused => ConnectionRefused,
        InstallFailure.NoAnswer => NoAnswer,
        InstallFailure.RateLimited => RateLimited,
        InstallFailure.PlainHttp => PlainHttp,
        InstallFailure.EngineDiskFull => EngineDiskFull,
        InstallFailure.AdapterPort => AdapterPort,
        InstallFailure.AdapterMemory => AdapterMemory,
        InstallFailure.AdapterEnded => AdapterEnded,
        InstallFailure.AdapterSilent => AdapterSilent,
        InstallFailure.AdapterRubbish => AdapterRubbish,
        InstallFailure.AdapterCertificate => AdapterCertificate,
        InstallFailure.CollectionUnfit => CollectionUnfit,
        _ => Unexpected,
    };

    public static int Of(InstallStage stage) => stage switch
    {
        InstallStage.ReadPak => Pak,
        InstallStage.ReadConnection => Usage,
        InstallStage.Engine or InstallStage.FindImage => Engine,
        InstallStage.Pull => Pull,
        InstallStage.Platform => Platform,
        InstallStage.Start => Start,
        InstallStage.ApiVersion => ApiVersion,
        InstallStage.Test => Test,
        InstallStage.EndpointUrls => EndpointUrls,
        InstallStage.Collect => Collect,
        InstallStage.Remove => Remove,
        _ => Unexpected,
    };
}

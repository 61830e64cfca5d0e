namespace Berth.Packaging.Install;

/// <summary>Hears of an installation while it runs.</summary>
public interface IInstallObserver
{
    void Ended(StageReport stage);

    /// <summary>Bytes of the image received so far, out of those known to be coming.</summary>
    void Pulling(long received, long expected);

    /// <summary>Something that is no failure and worth knowing, in one line.</summary>
    void Noted(string text);
}

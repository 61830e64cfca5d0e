namespace Berth.Torture.Http;

/// <summary>Hears what goes over a connection.</summary>
internal interface ITraffic
{
    void Sent(int bytes);

    void Answered();
}

internal sealed class NoTraffic : ITraffic
{
    public static NoTraffic Instance { get; } = new();

    public void Sent(int bytes)
    {
    }

    public void Answered()
    {
    }
}

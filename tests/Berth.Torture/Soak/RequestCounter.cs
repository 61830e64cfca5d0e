using Berth.Torture.Http;

namespace Berth.Torture.Soak;

internal sealed class RequestCounter : ITraffic
{
    private long _requests;

    public long Requests => _requests;

    public void Sent(int bytes)
    {
    }

    public void Answered() => Interlocked.Increment(ref _requests);
}
